package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is kept of a ReplicaSet.
 *
 * @param owner the uid of its Deployment; empty: it has none
 * @param template a digest, without what the controller added
 * @param observed whether its controller has seen its newest specification
 * @param available how many pods it says are available
 */
record ReplicaSetFacts(
        Version version,
        String owner,
        String ownerName,
        String template,
        int minReadySeconds,
        boolean observed,
        int replicas,
        int available)
        implements Fact {

    static ReplicaSetFacts of(JsonNode object) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        JsonNode owner = Owner.of(object, "Deployment");
        return new ReplicaSetFacts(
                Version.of(object.path("metadata")),
                owner.path("uid").asText(),
                owner.path("name").asText(),
                PodTemplates.digest(spec.path("template")),
                spec.path("minReadySeconds").asInt(),
                status.path("observedGeneration").asLong()
                        >= object.path("metadata").path("generation").asLong(),
                Math.max(spec.path("replicas").asInt(), status.path("replicas").asInt()),
                status.path("availableReplicas").asInt());
    }
}
