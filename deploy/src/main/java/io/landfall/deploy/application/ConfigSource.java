package io.landfall.deploy.application;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the application's configuration comes from.
 *
 * @param from what is read
 * @param version that is published and mounted where a release names none; empty: it has to
 */
public record ConfigSource(Origin from, Optional<String> version) {

    /** What is read. */
    public sealed interface Origin {

        /**
         * Namespaces of Apollo. Keys and tokens come from variables, as with {@code config publish}.
         *
         * @param server the config service
         * @param application its id there
         * @param cluster Apollo's, which is none of Kubernetes'
         * @param namespaces at least one
         */
        record Apollo(URI server, String application, String cluster, List<String> namespaces) implements Origin {

            /** Copies the list. */
            public Apollo {
                namespaces = List.copyOf(namespaces);
            }
        }

        /** Files of the repository. */
        record Directory(Path directory) implements Origin {}
    }
}
