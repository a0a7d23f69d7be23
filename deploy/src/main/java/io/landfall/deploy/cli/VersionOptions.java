package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.image.ImageReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which version of image and configuration. */
final class VersionOptions {

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image: a tag of the one that the file names, sha256:DIGEST, or a whole one.")
    private @Nullable String image;

    @Option(names = "--commit", paramLabel = "ID", description = "The commit that the image was made of.")
    private @Nullable String commit;

    @Option(
            names = "--config-version",
            paramLabel = "VERSION",
            description = "The version of the configuration (default: as the file says).")
    private @Nullable String config;

    /** The image; empty: none was named. */
    Optional<ImageReference> image(Environment environment) {
        return Optional.ofNullable(image)
                .map(text -> read(text, environment.deploy().image()));
    }

    Optional<String> commit() {
        return Optional.ofNullable(commit);
    }

    /** The version of the configuration; empty where the application has none. */
    Optional<String> config(Environment environment) {
        return environment.config().map(source -> Optional.ofNullable(config)
                .or(source::version)
                .orElseThrow(() -> new RefusedException(List.of(new Violation(
                        "environment " + environment.name(),
                        "nothing says which version of its configuration is meant",
                        "say --config-version, or write config.version")))));
    }

    private static ImageReference read(String text, String repository) {
        if (text.startsWith("sha256:")) {
            return ImageReference.parse(repository + "@" + text);
        }
        boolean whole = text.contains("/") || text.contains(":") || text.contains("@");
        return ImageReference.parse(whole ? text : repository + ":" + text);
    }
}
