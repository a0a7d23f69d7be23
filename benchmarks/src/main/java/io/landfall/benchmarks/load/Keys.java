package io.landfall.benchmarks.load;

import java.util.Properties;

/** Keys and values as long as a service's own. */
final class Keys {

    private static final String FIRST = "orders.group-";

    private Keys() {}

    static String name(int number) {
        return FIRST + number % 100 + ".setting-" + number;
    }

    /** Which key a name is; below 0: none. */
    static int number(String name) {
        return name.startsWith(FIRST) ? Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) : -1;
    }

    static String value(int number) {
        return "value " + number + " of a setting that is about as long as others";
    }

    static Properties all(int count) {
        Properties keys = new Properties();
        for (int i = 0; i < count; i++) {
            keys.setProperty(name(i), value(i));
        }
        return keys;
    }
}
