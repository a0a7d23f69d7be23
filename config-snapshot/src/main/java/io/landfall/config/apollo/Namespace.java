package io.landfall.config.apollo;

import io.landfall.config.FileName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A namespace of an application, in one of its clusters.
 *
 * @param name as Apollo has it: without {@code .properties}, with any other suffix
 */
record Namespace(String cluster, String name) {

    private static final String PROPERTIES = ".properties";

    /** Those in which a namespace is one text. */
    private static final Set<String> TEXTS = Set.of("yaml", "yml", "json", "xml", "txt");

    Namespace {
        name = name.toLowerCase(Locale.ROOT).endsWith(PROPERTIES)
                ? name.substring(0, name.length() - PROPERTIES.length())
                : name;
    }

    /** Whether it has keys; else it is one text. */
    boolean properties() {
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return name.indexOf('.') < 0 || !TEXTS.contains(suffix);
    }

    /** Where it is in the snapshot. */
    String file() {
        return properties() ? name + PROPERTIES : name;
    }

    /** What is wrong with its names; empty if nothing is. */
    Optional<String> problem() {
        if (!ApolloName.fits(cluster)) {
            return Optional.of("the cluster's name is not one that Apollo allows");
        }
        return ApolloName.fits(name)
                ? FileName.problem(file())
                : Optional.of("the namespace's name is not one that Apollo allows");
    }

    @Override
    public String toString() {
        return cluster + "/" + name;
    }
}
