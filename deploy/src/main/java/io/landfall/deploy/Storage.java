package io.landfall.deploy;

import java.util.Optional;

/**
 * Where an instance keeps its data.
 *
 * @param path of the directory in the container
 * @param claim a volume that outlives the pod; empty: the data goes with the pod
 */
public record Storage(String path, Optional<Claim> claim) {

    /**
     * A volume that each instance claims.
     *
     * @param size as Kubernetes writes it: {@code 100Gi}
     * @param storageClass empty: the cluster's default
     */
    public record Claim(String size, Optional<String> storageClass) {}
}
