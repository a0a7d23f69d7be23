package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Probe;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod that takes its time, and nobody says that anything is wrong. */
final class Starting {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String WAIT = "wait";

    private Starting() {}

    static Optional<Trouble> of(Sight sight) {
        List<ContainerSight> containers = sight.containers();
        return Stream.of(pulling(sight, containers), initializing(sight, containers), making(sight))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> containers.stream()
                        .flatMap(container -> startup(sight, container).stream())
                        .findFirst());
    }

    private static Optional<Trouble> pulling(Sight sight, List<ContainerSight> containers) {
        return containers.stream()
                .filter(container -> container.running().isEmpty())
                .flatMap(container -> sight
                        .events(Set.of("Pulling", "Pulled"))
                        .filter(container::concerns)
                        .findFirst()
                        .filter(event -> event.getReason().equals("Pulling"))
                        .map(event -> pulling(sight, container, event))
                        .stream())
                .findFirst();
    }

    private static Trouble pulling(Sight sight, ContainerSight container, Event event) {
        Duration time = sight.since(Times.of(event));
        return slow(
                sight,
                time,
                "image " + container.spec().getImage() + " is being pulled" + sight.onNode() + " for "
                        + Times.shown(time),
                "wait; if it takes this long each time, the image is large or the registry slow");
    }

    private static Optional<Trouble> initializing(Sight sight, List<ContainerSight> containers) {
        List<ContainerSight> before =
                containers.stream().filter(container -> !container.runsOn()).toList();
        return before.stream()
                .filter(container -> container.running().isPresent())
                .findFirst()
                .map(container -> {
                    Duration time = ran(sight, container);
                    String which = before.size() == 1
                            ? ""
                            : " (" + (before.indexOf(container) + 1) + " of " + before.size() + ")";
                    return slow(
                            sight,
                            time,
                            container.name() + which + " runs for " + Times.shown(time) + ", and has to end first",
                            "look into its log: kubectl logs "
                                    + sight.pod().getMetadata().getName() + " -c "
                                    + container.spec().getName());
                });
    }

    private static Optional<Trouble> making(Sight sight) {
        return sight.node()
                .filter(name -> Sandbox.beingMade(sight))
                .map(name -> slow(
                        sight,
                        sight.age(),
                        "is being made on node " + name + " for " + Times.shown(sight.age()),
                        "nobody says why it takes this long: ask whoever runs the cluster to look at the node"));
    }

    /** While it may take this long, its probe's failures are no failures. */
    private static Optional<Trouble> startup(Sight sight, ContainerSight container) {
        Probe probe = container.spec().getStartupProbe();
        if (probe == null || !container.runsOn() || container.running().isEmpty() || container.started()) {
            return Optional.empty();
        }
        String last = FailedProbe.newest(sight, container, "startup")
                .map(event -> "; so far " + event.words(container.spec()))
                .orElse("");
        return Optional.of(sight.trouble(
                Kind.STARTING,
                container.name() + " is starting for " + Times.shown(ran(sight, container)) + ", and may take "
                        + Times.shown(allowed(probe)) + last,
                WAIT));
    }

    private static Duration allowed(Probe probe) {
        return Duration.ofSeconds((long) number(probe.getInitialDelaySeconds(), 0)
                + (long) number(probe.getFailureThreshold(), 3) * number(probe.getPeriodSeconds(), 10));
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static Duration ran(Sight sight, ContainerSight container) {
        return container
                .running()
                .map(ContainerStateRunning::getStartedAt)
                .flatMap(Times::parse)
                .map(sight::since)
                .orElse(Duration.ZERO);
    }

    private static Trouble slow(Sight sight, Duration time, String sentence, String remedy) {
        return time.compareTo(LONG) > 0
                ? sight.trouble(Kind.NOT_READY, sentence, remedy)
                : sight.trouble(Kind.STARTING, sentence, WAIT);
    }
}
