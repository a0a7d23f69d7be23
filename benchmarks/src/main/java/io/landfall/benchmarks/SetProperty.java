package io.landfall.benchmarks;

/** The least that an agent could do. */
public final class SetProperty {

    private SetProperty() {}

    /** Called by the JVM. */
    public static void premain(String options) {
        System.setProperty("host.ip", "203.0.113.10");
    }
}
