package io.landfall.deploy.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to build.
 *
 * @param directory of the repository, where the builder runs
 * @param image with the tag that it gets
 * @param commit of the repository, which becomes the image's label {@code org.opencontainers.image.revision}
 * @param modules of the repository that are wanted; empty: all
 * @param environment variables beside those of this process
 * @param secrets variables with values that nobody may see: they are passed on, and blotted out of everything that is shown
 * @param deadline after which it is given up
 */
public record BuildRequest(
        Path directory,
        ImageReference image,
        String commit,
        List<String> modules,
        Map<String, String> environment,
        Map<String, String> secrets,
        Duration deadline) {

    /** Copies the list and the maps. */
    public BuildRequest {
        modules = List.copyOf(modules);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    /** Without any value of a variable. */
    @Override
    public String toString() {
        return image + " of " + commit + " in " + directory;
    }
}
