package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A container that runs, and whose readiness probe gets no good answer. */
final class FailedProbe {

    private FailedProbe() {}

    static Optional<Trouble> of(Sight sight) {
        return sight.containers().stream()
                .filter(container -> container.runsOn() && container.running().isPresent() && !container.ready())
                .flatMap(container ->
                        newest(sight, container, "readiness").map(event -> trouble(sight, container, event)).stream())
                .findFirst();
    }

    /** Of this run: what an earlier one answered is over. */
    static Optional<ProbeEvent> newest(Sight sight, ContainerSight container, String kind) {
        Instant begun = container
                .running()
                .map(ContainerStateRunning::getStartedAt)
                .flatMap(Times::parse)
                .orElse(Instant.EPOCH);
        return sight.events(Set.of("Unhealthy"))
                .filter(container::concerns)
                .flatMap(event -> ProbeEvent.of(event).stream())
                .filter(event -> event.kind().equals(kind) && !event.time().isBefore(begun))
                .findFirst();
    }

    private static Trouble trouble(Sight sight, ContainerSight container, ProbeEvent event) {
        String times = event.count() > 1 ? " (" + event.count() + " times)" : "";
        return sight.trouble(
                Kind.PROBE,
                container.name() + " is not ready: " + event.words(container.spec()) + times,
                event.remedy(container.spec()));
    }
}
