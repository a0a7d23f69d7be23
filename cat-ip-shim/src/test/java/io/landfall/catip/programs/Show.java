package io.landfall.catip.programs;

/** Prints the properties that it is told. */
public final class Show {

    private Show() {}

    /** Runs it. */
    public static void main(String[] names) {
        for (String name : names) {
            System.out.println(name + "=" + System.getProperty(name));
        }
    }
}
