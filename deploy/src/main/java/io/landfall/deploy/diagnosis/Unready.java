package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Probe;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.util.Optional;

/** A pod that runs and is not ready, where no event says why. */
final class Unready {

    /** So many of its periods a readiness probe has, before nobody calls it a start any more. */
    private static final int PERIODS = 3;

    private static final int PERIOD = 10;

    private Unready() {}

    static Optional<Trouble> of(Sight sight) {
        return sight.containers().stream()
                .filter(container -> container.runsOn() && !container.ready())
                .findFirst()
                .map(container -> unready(sight, container))
                .or(() -> gate(sight))
                .or(() -> sight.condition("Ready")
                        .map(PodCondition::getMessage)
                        .map(message -> sight.trouble(
                                Kind.NOT_READY,
                                "is not ready: " + OneLine.of(message),
                                "look at the pod's conditions")));
    }

    private static Trouble unready(Sight sight, ContainerSight container) {
        Optional<Duration> ran = container
                .running()
                .map(ContainerStateRunning::getStartedAt)
                .flatMap(Times::parse)
                .map(sight::since);
        if (ran.isEmpty()) {
            return sight.trouble(Kind.NOT_READY, container.name() + " does not run yet", "wait");
        }
        Probe probe = container.spec().getReadinessProbe();
        String sentence = container.name() + " runs for " + Times.shown(ran.get()) + since(sight);
        return probe == null
                ? sight.trouble(Kind.NOT_READY, sentence + ", and its kubelet has not called it ready", "wait")
                : sight.trouble(
                        ran.get().compareTo(patience(probe)) < 0 ? Kind.STARTING : Kind.NOT_READY,
                        sentence + ", and " + ProbeAim.words(probe) + " has not succeeded",
                        "look into the application's log");
    }

    /** One that was ready before is another matter than one that never was. */
    private static String since(Sight sight) {
        return sight.condition("ContainersReady")
                .map(PodCondition::getLastTransitionTime)
                .flatMap(Times::parse)
                .map(sight::since)
                .map(time -> ", not ready for " + Times.shown(time))
                .orElse("");
    }

    private static Duration patience(Probe probe) {
        int delay = probe.getInitialDelaySeconds() == null ? 0 : probe.getInitialDelaySeconds();
        int period = probe.getPeriodSeconds() == null ? PERIOD : probe.getPeriodSeconds();
        return Duration.ofSeconds(delay + (long) PERIODS * period);
    }

    private static Optional<Trouble> gate(Sight sight) {
        return sight.spec().getReadinessGates().stream()
                .map(gate -> gate.getConditionType())
                .filter(type -> !sight.isTrue(type))
                .findFirst()
                .map(type -> sight.trouble(
                        Kind.NOT_READY,
                        "its containers are ready, and " + type + " is not"
                                + sight.condition(type)
                                        .map(PodCondition::getMessage)
                                        .map(message -> ": " + OneLine.of(message))
                                        .orElse(", or nobody has said so yet"),
                        "ask whoever runs the controller that sets this readiness gate"));
    }
}
