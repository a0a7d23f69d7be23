package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.LastOrder;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a workload.
 *
 * @param version which state of it
 * @param template a digest
 * @param observed whether its controller has seen its newest specification
 * @param updateRevision of a StatefulSet
 * @param selector {@code app=orders}
 * @param progress as it was written; empty: there is none
 * @param others who else owns what a release writes
 * @param marked whether the marks of releases have to be adopted before they can be taken away
 */
record WorkloadFacts(
        WorkloadName name,
        Version version,
        int replicas,
        String template,
        boolean observed,
        String updateRevision,
        String selector,
        Fields fields,
        Optional<String> progress,
        Optional<LastOrder> lastOrder,
        List<Ownership.Foreign> others,
        boolean marked)
        implements Fact {

    static WorkloadFacts of(WorkloadName name, JsonNode object) {
        JsonNode spec = object.path("spec");
        Ownership ownership = new Ownership(object);
        JsonNode marks = object.path("metadata").path("annotations");
        return new WorkloadFacts(
                name,
                Version.of(object.path("metadata")),
                spec.path("replicas").asInt(1),
                PodTemplates.digest(spec.path("template")),
                object.path("status").path("observedGeneration").asLong()
                        >= object.path("metadata").path("generation").asLong(),
                object.path("status").path("updateRevision").asText(),
                Selector.text(spec.path("selector")),
                RolloutFields.read(name.kind(), spec),
                text(marks, Marks.RELEASE),
                text(marks, Marks.LAST_ORDER).flatMap(WorkloadFacts::last),
                ownership.foreign(),
                ownership.marksAreForeign());
    }

    /** How far a release is; empty also where that cannot be read. */
    Optional<Progress> release() {
        try {
            return progress.map(text -> Json.read(text, Progress.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode marks, String name) {
        return marks.has(name) ? Optional.of(marks.path(name).asText()) : Optional.empty();
    }

    /** One that cannot be read says nothing: the order's own record does. */
    private static Optional<LastOrder> last(String text) {
        try {
            return Optional.of(Json.read(text, LastOrder.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
