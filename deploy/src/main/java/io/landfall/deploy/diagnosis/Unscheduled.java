package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.landfall.deploy.diagnosis.SchedulerMessage.Obstacle;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A pod that has no node. */
final class Unscheduled {

    /** By then a scheduler that is there has looked at it. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(30);

    private Unscheduled() {}

    static Optional<Trouble> of(Sight sight) {
        if (sight.node().isPresent()) {
            return Optional.empty();
        }
        Optional<PodCondition> condition = sight.condition("PodScheduled");
        if (condition
                .map(PodCondition::getReason)
                .filter("SchedulingGated"::equals)
                .isPresent()) {
            return Optional.of(gated(sight));
        }
        return Optional.of(condition
                .map(PodCondition::getMessage)
                .or(() -> sight.events(Set.of("FailedScheduling")).findFirst().map(Event::getMessage))
                .filter(message -> !message.isBlank())
                .map(message -> unscheduled(sight, message))
                .orElseGet(() -> waiting(sight)));
    }

    private static Trouble unscheduled(Sight sight, String text) {
        SchedulerMessage message = SchedulerMessage.parse(text);
        Asked asked = new Asked(sight.spec());
        String why = message.obstacles().stream()
                .map(obstacle -> Obstacles.words(obstacle, asked))
                .collect(Collectors.joining(", "));
        Obstacle first = message.obstacles().get(0);
        return sight.trouble(
                Kind.UNSCHEDULABLE,
                message.nodes() == 0
                        ? "no node can take it: " + why
                        : "none of " + message.nodes() + (message.nodes() == 1 ? " node" : " nodes") + " can take it: "
                                + why,
                Obstacles.remedy(first));
    }

    private static Trouble gated(Sight sight) {
        String gates = sight.spec().getSchedulingGates().stream()
                .map(gate -> gate.getName())
                .collect(Collectors.joining(", "));
        return sight.trouble(
                Kind.UNSCHEDULABLE,
                "is held before it is given a node, by " + gates,
                "ask whoever runs the controller that sets this gate");
    }

    private static Trouble waiting(Sight sight) {
        return sight.age().compareTo(LOOKED_AT) < 0
                ? sight.trouble(Kind.STARTING, "waits for a node", "wait")
                : sight.trouble(
                        Kind.UNSCHEDULABLE,
                        "waits for a node for " + Times.shown(sight.age()) + ", and no scheduler has looked at it",
                        "ask whoever runs the cluster whether the scheduler runs, and look at the pod's schedulerName");
    }
}
