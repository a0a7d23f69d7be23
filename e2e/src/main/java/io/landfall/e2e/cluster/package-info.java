/**
 * A Kubernetes for tests: the one that {@code e2e/cluster/cluster} makes on this machine, or the user's own.
 *
 * <p>Start reading at {@link io.landfall.e2e.cluster.KubernetesExtension}.
 */
@NullMarked
package io.landfall.e2e.cluster;

import org.jspecify.annotations.NullMarked;
