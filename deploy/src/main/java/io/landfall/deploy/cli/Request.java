package io.landfall.deploy.cli;

import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.WorkloadName;
import java.util.List;
import java.util.OptionalInt;

/** What somebody wants an order for. */
sealed interface Request {

    WorkloadName workload();

    Terms terms();

    /**
     * How it is carried out.
     *
     * @param author who wants it
     */
    record Terms(Batches batches, Conduct conduct, String author) {

        Terms atOnce() {
            return new Terms(new Batches(List.of(new Batches.Size.Rest())), conduct, author);
        }
    }

    /**
     * A workload as it was rendered.
     *
     * @param object the workload
     * @param first what is applied before it
     * @param takeOver whether fields of others are taken
     */
    record Release(
            Flow flow, WorkloadName workload, Manifest object, List<Manifest> first, boolean takeOver, Terms terms)
            implements Request {

        /** Copies the list. */
        public Release {
            first = List.copyOf(first);
        }
    }

    /** An earlier revision; empty: the one before. */
    record Rollback(WorkloadName workload, OptionalInt revision, Terms terms) implements Request {}

    /** Another number of pods. */
    record Scale(WorkloadName workload, int replicas, Terms terms) implements Request {}
}
