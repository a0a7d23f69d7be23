package io.landfall.catip;

/** Names with dots, as Java has them. */
final class JavaName {

    private static final String[] OF_THE_JDK = {
        "java.", "javax.", "jdk.", "sun.", "com.sun.", "org.ietf.jgss.", "org.w3c.dom.", "org.xml.sax."
    };

    private JavaName() {}

    /** Identifiers with dots between. */
    static boolean valid(String name) {
        boolean begins = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (begins ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                return false;
            }
            begins = c == '.';
        }
        return !begins;
    }

    /** At least two of them. */
    static boolean qualified(String name) {
        return valid(name) && name.indexOf('.') > 0;
    }

    /** Whether it is a package of the JDK's, or has some below it; some of their classes are loaded before any agent is. */
    static boolean ofTheJdk(String name) {
        for (String own : OF_THE_JDK) {
            if ((name + ".").startsWith(own) || own.startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }
}
