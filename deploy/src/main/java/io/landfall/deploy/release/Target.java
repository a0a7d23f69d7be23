package io.landfall.deploy.release;

import java.util.List;
import java.util.Optional;

/** What a release order is to reach. */
public sealed interface Target {

    /**
     * A workload with another template.
     *
     * @param revision the workload when the release is over
     * @param first objects that are applied before it, in their order: what its pods mount, what leads to them
     */
    record NewRevision(Revision revision, List<Manifest> first) implements Target {

        /** Copies the list. */
        public NewRevision {
            first = List.copyOf(first);
        }
    }

    /**
     * Another number of pods.
     *
     * @param replicas from 0
     */
    record Scale(int replicas) implements Target {}

    /**
     * A workload as it is outside of releases: image, deploy configuration and the name of its configuration are all in it.
     *
     * @param manifest the workload with every field that the API server adds, so that comparing is exact
     * @param image of its first container
     * @param snapshot the version of its configuration; empty: it has none
     * @param replicas how many pods it asks for; only a workload that is not there gets this number, others keep the one they have
     * @param minReadySeconds how long a pod has to be ready before it counts
     */
    record Revision(Manifest manifest, String image, Optional<String> snapshot, int replicas, int minReadySeconds) {}
}
