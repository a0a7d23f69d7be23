package io.landfall.deploy.application;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an environment is.
 *
 * @param kubeconfig with the cluster; empty: that of whoever calls
 * @param context of the kubeconfig; empty: its current one
 * @param namespace in that cluster
 */
public record Place(Optional<Path> kubeconfig, Optional<String> context, String namespace) {}
