package io.landfall.catip.programs;

/** Prints which of the classes that it is told it can see. */
public final class Load {

    private Load() {}

    /** Runs it. */
    public static void main(String[] names) {
        for (String name : names) {
            System.out.println(name + "=" + visible(name));
        }
    }

    private static boolean visible(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
