package io.landfall.catip.programs;

/** Asks CAT's client who it believes to be. */
public final class Cat {

    private Cat() {}

    /** Runs it. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Class<?> type = Class.forName("com.dianping.cat.configuration.NetworkInterfaceManager");
        Object instance = type.getField("INSTANCE").get(null);
        System.out.println(type.getMethod("getLocalHostAddress").invoke(instance));
    }
}
