package io.landfall.config.cli;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.directory.DirectorySource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration comes from. */
final class SourceOptions {

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = {
                "dir:/path, or apollo:http://config-service:8080/APP-ID?cluster=default&namespaces=application,db.yaml",
                "Its access key is in the variable LANDFALL_APOLLO_ACCESS_KEY. For comments too: &portal=http://portal:8070&env=PRO,"
                        + " and its token in LANDFALL_APOLLO_TOKEN."
            })
    private @Nullable String from;

    /** The source; empty where something is wrong with it. */
    Optional<ConfigurationSource> source(Arguments arguments, Map<String, String> environment) {
        return arguments.required("--from", from).flatMap(f -> arguments.read(() -> source(f, environment)));
    }

    private static ConfigurationSource source(String text, Map<String, String> environment) {
        String place = text.substring(text.indexOf(':') + 1);
        if (text.startsWith("dir:") && !place.isBlank()) {
            return new DirectorySource(OpenStore.path("--from", place));
        }
        if (text.startsWith("apollo:")) {
            return ApolloLocation.source(place, environment);
        }
        throw new IllegalArgumentException(
                "--from is no source: write dir:/path or apollo:http://config-service:8080/APP-ID?namespaces=application");
    }
}
