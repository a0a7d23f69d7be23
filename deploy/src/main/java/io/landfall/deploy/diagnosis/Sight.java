package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod at one time.
 *
 * @param events the newest first
 */
record Sight(Pod pod, List<Event> events, Instant now, LogTail logs) {

    Sight {
        events = events.stream()
                .sorted(Comparator.comparing(Times::of).reversed())
                .toList();
    }

    PodSpec spec() {
        return pod.getSpec() == null ? new PodSpec() : pod.getSpec();
    }

    PodStatus status() {
        return pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    }

    Optional<String> node() {
        return Optional.ofNullable(spec().getNodeName()).filter(name -> !name.isEmpty());
    }

    String onNode() {
        return node().map(name -> " on node " + name).orElse("");
    }

    /** Those that start first come first. */
    List<ContainerSight> containers() {
        List<ContainerSight> all = new ArrayList<>();
        spec().getInitContainers()
                .forEach(container -> all.add(seen(container, status().getInitContainerStatuses(), true)));
        spec().getContainers().forEach(container -> all.add(seen(container, status().getContainerStatuses(), false)));
        return all;
    }

    private ContainerSight seen(Container container, List<ContainerStatus> statuses, boolean init) {
        @Nullable
        ContainerStatus status = statuses.stream()
                .filter(one -> container.getName().equals(one.getName()))
                .findFirst()
                .orElse(null);
        return new ContainerSight(pod.getMetadata(), container, status, init);
    }

    Optional<PodCondition> condition(String type) {
        return status().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    boolean isTrue(String type) {
        return condition(type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /** The newest first. */
    Stream<Event> events(Set<String> reasons) {
        return events.stream().filter(event -> event.getMessage() != null && reasons.contains(event.getReason()));
    }

    Duration since(Instant time) {
        return Duration.between(time, now);
    }

    Duration age() {
        return Times.parse(pod.getMetadata().getCreationTimestamp())
                .map(this::since)
                .orElse(Duration.ZERO);
    }

    Trouble trouble(Kind kind, String sentence, String remedy) {
        return new Trouble(kind, pod.getMetadata().getName(), sentence, remedy);
    }
}
