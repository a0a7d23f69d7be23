package io.landfall.deploy.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.deploy.release.Manifest;
import java.time.Duration;

/** The few fields of a workload that people are told of. */
record WorkloadJson(JsonNode spec) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static WorkloadJson of(Manifest manifest) {
        try {
            return new WorkloadJson(JSON.readTree(manifest.json()).path("spec"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(manifest + " is no JSON", e);
        }
    }

    /** How long a pod has to be ready, outside of releases. */
    Duration minReady() {
        return Duration.ofSeconds(spec.path("minReadySeconds").asLong(0));
    }

    int replicas() {
        return spec.path("replicas").asInt(1);
    }
}
