package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod that was told to go and has not gone in time. */
final class LatePod {

    /** The kubelet takes a moment to say that it is gone. */
    private static final Duration LENIENCE = Duration.ofSeconds(10);

    private LatePod() {}

    static Optional<Trouble> of(Sight sight) {
        return Times.parse(sight.pod().getMetadata().getDeletionTimestamp())
                .filter(due -> sight.since(due).compareTo(LENIENCE) > 0)
                .map(due -> late(sight, due));
    }

    /** The time of deletion has the grace period in it already. */
    private static Trouble late(Sight sight, Instant due) {
        String since = "was to be gone " + Times.shown(sight.since(due)) + " ago" + grace(sight);
        List<String> finalizers = sight.pod().getMetadata().getFinalizers();
        if (!finalizers.isEmpty()) {
            return sight.trouble(
                    Kind.TERMINATING,
                    since + ", and is held by " + String.join(", ", finalizers),
                    "ask whoever runs the controller that sets this finalizer: it has to let go");
        }
        return sight.events(Set.of("FailedKillPod", "FailedPreStopHook", "ExceededGracePeriod"))
                .findFirst()
                .map(event ->
                        sight.trouble(Kind.TERMINATING, since + ": " + why(event), "look at the node" + nodeOf(sight)))
                .orElseGet(() -> sight.trouble(
                        Kind.TERMINATING,
                        since + ", and its node" + nodeOf(sight) + " has not said that it is",
                        "look whether the node is alive; if it is gone for good, the pod can be deleted with --force"));
    }

    private static String why(Event event) {
        return OneLine.of(event.getMessage());
    }

    private static String nodeOf(Sight sight) {
        return sight.node().map(name -> " " + name).orElse("");
    }

    private static String grace(Sight sight) {
        Long grace = sight.pod().getMetadata().getDeletionGracePeriodSeconds();
        return grace == null ? "" : " (it had " + grace + " s to stop)";
    }
}
