package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An order as a ConfigMap: {@code <workload>-release}. What is wanted, what was said, how it ended, and how those before it ended are keys of
 * their own, so that {@code kubectl get -o yaml} can be read.
 */
final class OrderRecord {

    private static final int REMEMBERED = 10;
    private static final String FORMAT = "1";
    private static final String SUFFIX = "-release";

    private OrderRecord() {}

    /**
     * An order that ended.
     *
     * @param image what it brought; empty: it was about the number of pods
     */
    record Ended(String id, Flow flow, String author, Instant created, Optional<String> image, Outcome outcome) {

        static Ended of(ReleaseOrder order, Outcome outcome) {
            Optional<String> image = order.target() instanceof Target.NewRevision target
                    ? Optional.of(target.revision().image())
                    : Optional.empty();
            return new Ended(order.id(), order.flow(), order.author(), order.created(), image, outcome);
        }
    }

    /** What is in a ConfigMap. */
    record Read(StoredOrder stored, List<Ended> history) {

        /** With this order, if it ended, as the last. */
        List<Ended> remembered() {
            List<Ended> all = new ArrayList<>(history);
            stored.outcome().ifPresent(outcome -> all.add(Ended.of(stored.order(), outcome)));
            return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        }
    }

    /** So that an array of a generic type needs no description. */
    private record History(List<Ended> orders) {}

    static Place place(WorkloadName workload) {
        return Place.configMap(workload.namespace(), workload.name() + SUFFIX);
    }

    static int longestName() {
        return 253 - SUFFIX.length();
    }

    static ObjectNode write(StoredOrder stored, List<Ended> history) {
        Place place = place(stored.order().workload());
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata =
                object.putObject("metadata").put("name", place.name()).put("namespace", place.namespace());
        metadata.putObject("labels").put(Marks.IS_ORDER, "true").put("app.kubernetes.io/managed-by", "landfall");
        if (!stored.version().isEmpty()) {
            Version version = Version.parse(stored.version());
            metadata.put("uid", version.uid()).put("resourceVersion", version.resource());
        }
        ObjectNode data = object.putObject("data")
                .put("format", FORMAT)
                .put("order", Json.text(stored.order()))
                .put("directive", Json.text(stored.directive()))
                .put("history", Json.text(new History(history)));
        stored.outcome().ifPresent(outcome -> data.put("outcome", Json.text(outcome)));
        return object;
    }

    /**
     * Reads one.
     *
     * @throws UnreadableOrderException if it is damaged, or of another Landfall
     */
    static Read read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode data = object.path("data");
        try {
            if (!metadata.path("labels").path(Marks.IS_ORDER).asText().equals("true")) {
                throw new IllegalArgumentException(
                        "it has no label " + Marks.IS_ORDER + "=true, so it is somebody else's");
            }
            if (!data.path("format").asText().equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "its format is '" + data.path("format").asText() + "' and not " + FORMAT);
            }
            StoredOrder stored = new StoredOrder(
                    part(data, "order", ReleaseOrder.class),
                    part(data, "directive", Directive.class),
                    data.has("outcome") ? Optional.of(part(data, "outcome", Outcome.class)) : Optional.empty(),
                    Version.of(metadata).text());
            return new Read(stored, part(data, "history", History.class).orders());
        } catch (IllegalArgumentException e) {
            throw new UnreadableOrderException(
                    metadata.path("namespace").asText() + "/"
                            + metadata.path("name").asText(),
                    String.valueOf(e.getMessage()));
        }
    }

    private static <T> T part(JsonNode data, String key, Class<T> type) {
        try {
            return Json.read(data.path(key).asText(), type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + key + ": " + e.getMessage(), e);
        }
    }
}
