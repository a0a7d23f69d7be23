package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says of a pod why it is not ready. A function of what it is given, except for the last words of a container that ended. */
public final class PodTrouble {

    /** The first that knows a reason is believed: what stands in the way of the others comes first. */
    private static final List<Function<Sight, Optional<Trouble>>> CHECKS = List.of(
            FailedPod::of,
            LostNode::of,
            Unscheduled::of,
            ImagePull::of,
            Configuration::of,
            Crash::of,
            VolumeMount::of,
            Sandbox::of,
            Starting::of,
            FailedProbe::of,
            Unready::of);

    private final InstantSource clock;
    private final LogTail logs;

    /**
     * Asks nobody yet.
     *
     * @param clock {@link InstantSource#system()}
     * @param logs asked only for containers that ended
     */
    public PodTrouble(InstantSource clock, LogTail logs) {
        this.clock = clock;
        this.logs = logs;
    }

    /**
     * Why a pod is not ready, or has not gone.
     *
     * @param events of this pod, in any order
     * @return empty if it is ready, or going in time
     */
    public Optional<Trouble> of(Pod pod, List<Event> events) {
        Sight sight = new Sight(pod, events, clock.instant(), logs);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return LatePod.of(sight);
        }
        if (sight.isTrue("Ready") || "Succeeded".equals(sight.status().getPhase())) {
            return Optional.empty();
        }
        return CHECKS.stream().flatMap(check -> check.apply(sight).stream()).findFirst();
    }
}
