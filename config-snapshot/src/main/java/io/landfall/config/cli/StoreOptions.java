package io.landfall.config.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store. */
final class StoreOptions {

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description =
                    "Where snapshots are: dir:/path, or kubernetes:NAMESPACE, by kubeconfig or from within a pod.")
    private @Nullable String store;

    /** How to open it; empty where something is wrong with it. */
    Optional<OpenStore.Way> way(Arguments arguments) {
        return arguments.required("--store", store).flatMap(s -> arguments.read(() -> OpenStore.way(s)));
    }
}
