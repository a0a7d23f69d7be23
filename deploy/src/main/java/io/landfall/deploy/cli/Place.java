package io.landfall.deploy.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where in the world.
 *
 * @param kubeconfig a file; empty: the usual one
 * @param context of the kubeconfig; empty: its current one, or that of the pod this runs in
 * @param namespace empty: the context's
 */
record Place(Optional<Path> kubeconfig, Optional<String> context, Optional<String> namespace) {

    static final Place USUAL = new Place(Optional.empty(), Optional.empty(), Optional.empty());
}
