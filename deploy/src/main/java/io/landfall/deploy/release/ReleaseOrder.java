package io.landfall.deploy.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants released. It never changes once it is accepted; what people say afterwards is a {@link Directive}.
 *
 * @param id unlike that of any other order in its namespace: {@code orders-20261123-3}
 * @param flow what it goes through
 * @param workload which workload
 * @param target what it is to reach
 * @param previous what was there when it was made, to go back to; empty: nothing was
 * @param batches how many at a time
 * @param conduct how it goes from batch to batch
 * @param author who made it
 * @param created when
 */
public record ReleaseOrder(
        String id,
        Flow flow,
        WorkloadName workload,
        Target target,
        Optional<Target.Revision> previous,
        Batches batches,
        Conduct conduct,
        String author,
        Instant created) {

    /**
     * How a release goes from batch to batch.
     *
     * @param strategy what comes first
     * @param advance who admits the next batch
     * @param soak how long a batch runs before the next, once it is ready
     * @param batchDeadline how long a batch may take to become ready, after that it has failed
     * @param onFailure what happens then, and when a gate fails
     * @param gates what has to be true of a batch, beside its readiness
     */
    public record Conduct(
            Strategy strategy,
            Advance advance,
            Duration soak,
            Duration batchDeadline,
            OnFailure onFailure,
            List<Gate> gates) {

        /** Copies the list. */
        public Conduct {
            gates = List.copyOf(gates);
        }
    }

    /** What comes first. */
    public enum Strategy {
        /** Old pods stop before new ones start: needs no room, and capacity is less meanwhile. */
        STOP_FIRST,
        /** New pods are ready before old ones stop: needs room for a batch. */
        SURGE
    }

    /** Who admits the next batch. */
    public enum Advance {
        /** The engine, after the soak time. */
        AUTOMATIC,
        /** A person. */
        MANUAL
    }

    /** What a failure does. */
    public enum OnFailure {
        /** The release waits for a person. */
        PAUSE,
        /** The release goes back. */
        ROLL_BACK
    }
}
