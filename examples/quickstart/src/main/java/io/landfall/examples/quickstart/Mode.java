package io.landfall.examples.quickstart;

import java.util.Locale;

/** What the pods are made of; the old world is stock Dubbo in both, and so are consumers, but for those over triple. */
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
