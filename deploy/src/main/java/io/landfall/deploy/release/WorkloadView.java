package io.landfall.deploy.release;

import java.util.List;
import java.util.Optional;

/**
 * What is there of a workload, read at one time.
 *
 * @param version for compare-and-set
 * @param replicas how many pods it asks for
 * @param template which one it has
 * @param observed whether its controller has seen its newest specification
 * @param available how many pods of the present template its controller may count as available, at most: of a Deployment, those that the
 *     template's ReplicaSet says, and all of them while it has another {@code minReadySeconds} than the Deployment or has not observed its own
 *     newest specification. Of a StatefulSet 0
 * @param fields those that a release changes, as they are
 * @param progress of the release that runs; empty: none does
 * @param lastOrder what ended last; empty: nothing
 * @param changedBy who else changed the template or the fields since the engine wrote them, and what; empty: nobody
 * @param pods all of them, those that go included
 */
public record WorkloadView(
        String version,
        int replicas,
        Template template,
        boolean observed,
        int available,
        Fields fields,
        Optional<Progress> progress,
        Optional<LastOrder> lastOrder,
        Optional<String> changedBy,
        List<PodView> pods) {

    /** Copies the list. */
    public WorkloadView {
        pods = List.copyOf(pods);
    }

    /** Which template. */
    public enum Template {
        /** The order's target. */
        TARGET,
        /** What was there when the order was made. */
        PREVIOUS,
        /** Both: the order changes nothing in it. */
        BOTH,
        /** Neither: somebody else's. */
        OTHER
    }

    /**
     * What an order leaves in its workload's metadata, in the write that ends it. So its outcome is known also to an engine that comes
     * later.
     *
     * @param order which one
     * @param result how it ended
     * @param message in a sentence, for people
     */
    public record LastOrder(String order, Outcome.Result result, String message) {}

    /**
     * The fields that a release changes. Of a StatefulSet there is the partition only.
     *
     * @param minReadySeconds how long a pod has to be ready
     * @param maxSurge a number or a percentage, as it was written: {@code 0%} is not {@code 0}
     * @param maxUnavailable a number or a percentage
     * @param partition of a StatefulSet: ordinals from here on have the new template; of a Deployment 0
     * @param paused whether the controller does nothing
     */
    public record Fields(int minReadySeconds, String maxSurge, String maxUnavailable, int partition, boolean paused) {

        /** Of a StatefulSet. */
        public static Fields partition(int from) {
            return new Fields(0, "0%", "0%", from, false);
        }
    }
}
