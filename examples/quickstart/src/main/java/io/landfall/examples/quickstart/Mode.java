package io.landfall.examples.quickstart;

import java.util.Locale;

/** What the pods are made of; the old world and the consumers are stock Dubbo in both. */
enum Mode {
    /** Dubbo as it is. */
    STOCK,
    /** The same application with Landfall's jars on the class path. */
    LANDFALL;

    /** As the reports write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
