package io.landfall.deploy.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who says it. */
final class AuthorOption {

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who says so, for the record (default: the variable LANDFALL_USER, or the login name).")
    private @Nullable String name;

    String read(Map<String, String> environment) {
        String usual = environment.getOrDefault("LANDFALL_USER", System.getProperty("user.name", "unknown"));
        return name == null || name.isBlank() ? usual : name;
    }
}
