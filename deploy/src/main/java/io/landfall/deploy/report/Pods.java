package io.landfall.deploy.report;

import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.WorkloadView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The pods of a workload, counted. Those that were told to go count as {@code leaving} and as nothing else.
 *
 * @param wanted how many the workload asks for
 * @param updated how many were made from its present template
 * @param ready how many of these are ready for as long as the workload asks
 * @param old how many were made from an earlier one
 * @param leaving how many were told to go
 * @param restarts of containers of updated pods, together
 */
public record Pods(int wanted, int updated, int ready, int old, int leaving, int restarts) {

    static final Pods NONE = new Pods(0, 0, 0, 0, 0, 0);

    static Pods of(WorkloadView workload, Duration minReady, Instant now) {
        List<PodView> staying =
                workload.pods().stream().filter(pod -> !pod.terminating()).toList();
        List<PodView> updated = staying.stream().filter(PodView::current).toList();
        int ready = (int)
                updated.stream().filter(pod -> readyFor(pod, minReady, now)).count();
        return new Pods(
                workload.replicas(),
                updated.size(),
                ready,
                staying.size() - updated.size(),
                workload.pods().size() - staying.size(),
                updated.stream().mapToInt(PodView::restarts).sum());
    }

    private static boolean readyFor(PodView pod, Duration minReady, Instant now) {
        return pod.readySince()
                .filter(since -> !since.plus(minReady).isAfter(now))
                .isPresent();
    }
}
