package io.landfall.benchmarks.load;

import java.util.Properties;

/** Keys and values as long as a service's own. */
final class Keys {

    private Keys() {}

    static String name(int number) {
        return "orders.group-" + number % 100 + ".setting-" + number;
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
