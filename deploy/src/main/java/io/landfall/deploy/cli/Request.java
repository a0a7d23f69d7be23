package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.WorkloadName;
import java.util.List;
import java.util.OptionalLong;

/** What somebody wants an order for. */
sealed interface Request {

    WorkloadName workload();

    Terms terms();

    /**
     * A workload as it was rendered.
     *
     * @param object the workload
     * @param first what is applied before it
     */
    record Release(Flow flow, WorkloadName workload, Manifest object, List<Manifest> first, Terms terms)
            implements Request {

        /** Copies the list. */
        public Release {
            first = List.copyOf(first);
        }
    }

    /** An earlier revision; empty: the one before. */
    record Rollback(WorkloadName workload, OptionalLong revision, Terms terms) implements Request {}

    /** Another number of pods. */
    record Scale(WorkloadName workload, int replicas, Terms terms) implements Request {}
}
