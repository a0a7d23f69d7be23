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
 * @param fields those that a release changes, as they are
 * @param progress of the release that runs; empty: none does
 * @param lastOrder which order ended last; empty: none
 * @param changedBy who else changed the template or the fields since the engine wrote them, and what; empty: nobody
 * @param pods all of them, those that go included
 */
public record WorkloadView(
        String version,
        int replicas,
        Template template,
        boolean observed,
        Fields fields,
        Optional<Progress> progress,
        Optional<String> lastOrder,
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
        /** Neither: somebody else's. */
        OTHER
    }

    /**
     * The fields that a release changes. Of a StatefulSet there is the partition only.
     *
     * @param minReadySeconds how long a pod has to be ready
     * @param maxSurge a number or a percentage
     * @param maxUnavailable a number or a percentage
     * @param partition of a StatefulSet: ordinals from here on have the new template
     * @param paused whether the controller does nothing
     */
    public record Fields(int minReadySeconds, String maxSurge, String maxUnavailable, int partition, boolean paused) {}
}
