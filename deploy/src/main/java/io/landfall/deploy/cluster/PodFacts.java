package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a pod. While it is ready nobody asks what is wrong with it, so most pods are a few strings.
 *
 * @param owner the uid of its ReplicaSet or StatefulSet
 * @param ownerName of it
 * @param stateful whether that is a StatefulSet
 * @param revision of a StatefulSet
 * @param ended whether it runs no more, and is not counted by whoever made it
 * @param broken the pod, without what makes it large; empty: it is ready
 */
record PodFacts(
        String name,
        Version version,
        String owner,
        String ownerName,
        boolean stateful,
        String revision,
        boolean terminating,
        boolean ended,
        Optional<Instant> readySince,
        Optional<Instant> unreadySince,
        int restarts,
        Optional<Instant> restartedAt,
        Optional<Pod> broken)
        implements Fact {

    private static final Logger log = LoggerFactory.getLogger(PodFacts.class);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final List<String> LARGE = List.of("env", "envFrom", "volumeMounts", "args", "command", "lifecycle");

    static PodFacts of(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode replicaSet = Owner.of(pod, "ReplicaSet");
        JsonNode statefulSet = Owner.of(pod, "StatefulSet");
        JsonNode owner = replicaSet.isMissingNode() ? statefulSet : replicaSet;
        Optional<Instant> readySince = readySince(pod);
        return new PodFacts(
                metadata.path("name").asText(),
                Version.of(metadata),
                owner.path("uid").asText(),
                owner.path("name").asText(),
                replicaSet.isMissingNode(),
                metadata.path("labels").path("controller-revision-hash").asText(),
                metadata.hasNonNull("deletionTimestamp"),
                ENDED.contains(pod.path("status").path("phase").asText()),
                readySince,
                unreadySince(pod),
                restarts(pod),
                restartedAt(pod),
                readySince.isPresent() ? Optional.empty() : light(pod));
    }

    private static Optional<Instant> readySince(JsonNode pod) {
        return ready(pod)
                .filter(condition -> condition.path("status").asText().equals("True"))
                .map(condition -> instant(condition.path("lastTransitionTime").asText()));
    }

    private static Optional<Instant> unreadySince(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        if (metadata.hasNonNull("deletionTimestamp")) {
            // It is when the pod will be killed.
            return Optional.of(instant(metadata.path("deletionTimestamp").asText())
                    .minusSeconds(metadata.path("deletionGracePeriodSeconds").asLong()));
        }
        Optional<JsonNode> ready = ready(pod);
        return ready.isEmpty()
                ? Optional.of(instant(metadata.path("creationTimestamp").asText()))
                : ready.filter(condition -> !condition.path("status").asText().equals("True"))
                        .map(condition ->
                                instant(condition.path("lastTransitionTime").asText()));
    }

    private static Optional<JsonNode> ready(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Without a time it counts from when this is read. */
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.now();
        }
    }

    private static int restarts(JsonNode pod) {
        int restarts = 0;
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return restarts;
    }

    /** A kubelet keeps how the last run of each container ended. */
    private static Optional<Instant> restartedAt(JsonNode pod) {
        Optional<Instant> last = Optional.empty();
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            JsonNode ended = container.path("lastState").path("terminated").path("finishedAt");
            if (ended.isTextual()) {
                Instant at = instant(ended.asText());
                last = last.filter(at::isBefore).or(() -> Optional.of(at));
            }
        }
        return last;
    }

    /** A diagnosis needs conditions, containers, probes and requests. */
    private static Optional<Pod> light(JsonNode pod) {
        ObjectNode light = pod.deepCopy();
        light.withObject("/metadata").remove("managedFields");
        ObjectNode spec = light.withObject("/spec");
        spec.remove("volumes");
        for (String containers : List.of("containers", "initContainers")) {
            spec.path(containers).forEach(container -> ((ObjectNode) container).remove(LARGE));
        }
        try {
            return Optional.of(Json.model(light, Pod.class));
        } catch (IllegalArgumentException e) {
            log.debug("No diagnosis of a pod: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
