package io.landfall.deploy.release;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an engine needs of a cluster. Reads come from a cache that watches; writes are compare-and-set, so that an engine with an old
 * picture changes nothing. For several threads.
 */
public interface ReleaseCluster {

    /**
     * What every write can end with.
     */
    enum Written {
        /** It is there. */
        DONE,
        /** Something else was written since: look again. */
        STALE
    }

    /** All orders, also those that ended. */
    List<StoredOrder> orders();

    /** The order of a workload that was accepted last. */
    Optional<StoredOrder> order(WorkloadName workload);

    /**
     * Accepts an order: it is in the cluster, and any engine takes it up.
     *
     * @return empty if another order for this workload has not ended
     */
    Optional<StoredOrder> accept(ReleaseOrder order);

    /** Writes directive and outcome of an order. */
    Written write(StoredOrder changed);

    /** The workload of an order; empty: there is none. */
    Optional<WorkloadView> workload(ReleaseOrder order);

    /** Whether an autoscaler of the workload exists, and is held. */
    AutoscalerState autoscaler(WorkloadName workload);

    /** What of autoscalers matters. */
    enum AutoscalerState {
        /** There is none. */
        NONE,
        /** It may change the number of pods. */
        FREE,
        /** It may not, until it is given back. */
        HELD
    }

    /** Whether {@code objects} are as they are to be. */
    boolean prepared(ReleaseOrder order);

    /**
     * Carries out a decision other than {@link Decision.Wait}, once. When it throws, nobody knows whether it is there.
     *
     * @param seen what it was decided from; empty: there is no workload yet, and it is created
     */
    Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision);

    /**
     * Tells when something of a workload has changed: its order, the workload, its pods, its autoscaler. It may be told too often, and must
     * come back at once.
     *
     * @return ends it
     */
    AutoCloseable onChange(Consumer<WorkloadName> listener);
}
