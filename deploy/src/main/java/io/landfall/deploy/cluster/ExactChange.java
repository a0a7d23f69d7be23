package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A merge patch (RFC 7396) after which a workload's pod template is what is wanted, and nothing else.
 *
 * <p>Applying cannot do that: what is left out of an apply goes field by field, and an API server such as 1.20's keeps the empty structure around
 * the fields. Its defaults come back into it, so that a probe that was taken away is one without a handler: refused for a Deployment, and
 * taken for a StatefulSet.
 */
final class ExactChange {

    private static final List<String> ROLLOUT =
            List.of("minReadySeconds", "progressDeadlineSeconds", "paused", "strategy", "updateStrategy");

    private ExactChange() {}

    /**
     * The change.
     *
     * @param live what is there; the change is for this version of it only
     * @param wanted the whole template; of the rest what is to be another
     */
    static ObjectNode of(JsonNode live, JsonNode wanted) {
        ObjectNode change = Json.object();
        ObjectNode metadata = change.putObject("metadata");
        metadata.set("uid", live.path("metadata").path("uid"));
        metadata.set("resourceVersion", live.path("metadata").path("resourceVersion"));
        for (String names : new String[] {"labels", "annotations"}) {
            ObjectNode values = metadata.putObject(names);
            wanted.path("metadata")
                    .path(names)
                    .properties()
                    .forEach(value -> values.set(value.getKey(), value.getValue()));
        }
        Marks.ALL.stream()
                .filter(mark -> !wanted.path("metadata").path("annotations").has(mark))
                .forEach(mark -> metadata.withObject("/annotations").putNull(mark));
        ObjectNode spec = change.putObject("spec");
        wanted.path("spec").properties().forEach(field -> spec.set(field.getKey(), field.getValue()));
        rollout(live.path("spec"), wanted.path("spec"), spec);
        spec.set(
                "template",
                difference(
                        live.path("spec").path("template"), wanted.path("spec").path("template")));
        return change;
    }

    /** What a release that was ended half way has left would stay, too. */
    private static void rollout(JsonNode live, JsonNode wanted, ObjectNode change) {
        for (String field : ROLLOUT) {
            if (wanted.path(field).isObject()) {
                change.set(field, difference(live.path(field), wanted.path(field)));
            } else if (live.has(field) && !wanted.has(field)) {
                change.putNull(field);
            }
        }
    }

    /** Lists are whole, as RFC 7396 has them; what is there and not wanted is null. */
    private static ObjectNode difference(JsonNode live, JsonNode wanted) {
        ObjectNode difference = Json.object();
        live.properties().stream()
                .filter(field -> !wanted.has(field.getKey()))
                .forEach(field -> difference.putNull(field.getKey()));
        wanted.properties()
                .forEach(field -> difference.set(
                        field.getKey(),
                        field.getValue().isObject()
                                ? difference(live.path(field.getKey()), field.getValue())
                                : field.getValue()));
        return difference;
    }
}
