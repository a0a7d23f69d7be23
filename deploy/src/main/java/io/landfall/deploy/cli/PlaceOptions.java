package io.landfall.deploy.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster, and where in it. */
final class PlaceOptions {

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace (default: that of the kubeconfig's context).")
    private @Nullable String namespace;

    @Option(names = "--context", paramLabel = "NAME", description = "The kubeconfig's context (default: the current).")
    private @Nullable String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig (default: as kubectl finds it).")
    private @Nullable Path kubeconfig;

    Place read() {
        return new Place(Optional.ofNullable(kubeconfig), Optional.ofNullable(context), Optional.ofNullable(namespace));
    }
}
