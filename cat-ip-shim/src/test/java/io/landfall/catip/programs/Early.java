package io.landfall.catip.programs;

/** An agent that has an application class loaded before the application has. */
public final class Early {

    private Early() {}

    /** Called by the JVM. */
    public static void premain(String options) {
        Net.localIp();
    }
}
