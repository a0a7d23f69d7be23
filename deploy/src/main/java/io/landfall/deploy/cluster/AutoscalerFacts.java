package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.release.WorkloadName;

/**
 * What is kept of an autoscaler.
 *
 * @param kind of what it scales
 * @param target the name of what it scales
 */
record AutoscalerFacts(String name, Version version, String kind, String target, boolean held) implements Fact {

    static AutoscalerFacts of(JsonNode object) {
        JsonNode reference = object.path("spec").path("scaleTargetRef");
        JsonNode metadata = object.path("metadata");
        return new AutoscalerFacts(
                metadata.path("name").asText(),
                Version.of(metadata),
                reference.path("kind").asText(),
                reference.path("name").asText(),
                metadata.path("annotations").has(Marks.HELD));
    }

    boolean scales(WorkloadName workload) {
        return kind.equals(workload.kind().kubernetes()) && target.equals(workload.name());
    }
}
