package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.WorkloadName;
import java.util.List;
import java.util.Map;

/** A workload that somebody wants released, before the API server has seen it. */
final class RenderedWorkload {

    private static final Map<String, String> WITHOUT_BATCHES = Map.of(
            "Recreate", "spec.strategy.type",
            "OnDelete", "spec.updateStrategy.type");

    private RenderedWorkload() {}

    static ObjectNode read(Manifest rendered, String namespace, List<Violation> violations) {
        ObjectNode object = object(rendered);
        if (!object.path("apiVersion").asText().equals("apps/v1")
                || Submission.kind(object.path("kind").asText()).isEmpty()) {
            throw new RefusedException(List.of(new Violation(
                    rendered.toString(), "it has no batches", "release a Deployment or a StatefulSet of apps/v1")));
        }
        String wanted = object.path("metadata").path("namespace").asText(namespace);
        if (!wanted.equals(namespace)) {
            violations.add(new Violation(
                    rendered.toString(),
                    "it belongs into the namespace " + wanted,
                    "release it there, or leave metadata.namespace out"));
        }
        object.withObject("/metadata").put("namespace", namespace);
        strategy(rendered, object, violations);
        return object;
    }

    static WorkloadName name(JsonNode object, String namespace) {
        return new WorkloadName(
                Submission.kind(object.path("kind").asText()).orElseThrow(),
                namespace,
                object.path("metadata").path("name").asText());
    }

    /** Takes on what a release does not change. */
    static void follow(ObjectNode object, JsonNode live, List<Violation> violations) {
        JsonNode selector = object.path("spec").path("selector");
        JsonNode there = live.path("spec").path("selector");
        if (!PodTemplates.canonical(selector).equals(PodTemplates.canonical(there))) {
            violations.add(new Violation(
                    object.path("kind").asText() + " "
                            + object.path("metadata").path("name").asText(),
                    "its selector would be " + selector + "; it is " + there + ", and can never change",
                    "leave it, or delete the workload, or give the new one another name"));
        }
        // Left out it would become 1.
        object.withObject("/spec").set("replicas", live.path("spec").path("replicas"));
    }

    private static void strategy(Manifest rendered, ObjectNode object, List<Violation> violations) {
        for (String field : List.of("strategy", "updateStrategy")) {
            String type = object.path("spec").path(field).path("type").asText();
            if (WITHOUT_BATCHES.containsKey(type)) {
                violations.add(new Violation(
                        rendered.toString(),
                        WITHOUT_BATCHES.get(type) + " is " + type + ", which has no batches",
                        "leave it out, or say RollingUpdate"));
            }
        }
        if (object.path("spec").path("paused").asBoolean()) {
            violations.add(new Violation(
                    rendered.toString(), "it is paused, and would never be released", "leave spec.paused out"));
        }
    }

    private static ObjectNode object(Manifest rendered) {
        try {
            return Json.object(rendered.json());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(List.of(
                    new Violation(rendered.toString(), "it cannot be read: " + e.getMessage(), "mend its JSON")));
        }
    }
}
