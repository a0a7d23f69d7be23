package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Target.Revision;
import java.util.List;
import java.util.Optional;

/** Workloads as they are outside of releases, from what the API server says of them. */
final class Revisions {

    /** Written by controllers and engines, which would fight with whoever applies it. */
    private static final List<String> CONTROLLERS = List.of(
            "deployment.kubernetes.io/",
            "kubectl.kubernetes.io/last-applied-configuration",
            Marks.RELEASE,
            Marks.LAST_ORDER);

    private static final List<String> ROLLOUT =
            List.of("minReadySeconds", "progressDeadlineSeconds", "strategy", "updateStrategy", "paused");

    private Revisions() {}

    /**
     * A revision.
     *
     * @param whole the specification, with all that the API server adds
     * @param named whose labels and annotations it has
     */
    static Revision of(JsonNode whole, JsonNode named) {
        ObjectNode manifest = Json.object();
        manifest.set("apiVersion", whole.path("apiVersion"));
        manifest.set("kind", whole.path("kind"));
        JsonNode metadata = whole.path("metadata");
        ObjectNode kept = manifest.putObject("metadata");
        kept.set("name", metadata.path("name"));
        kept.set("namespace", metadata.path("namespace"));
        keep(named.path("metadata"), "labels", kept);
        keep(named.path("metadata"), "annotations", kept);
        manifest.set("spec", PodTemplates.canonical(whole.path("spec")));
        return with(manifest);
    }

    /** The same with the fields of a rollout that another manifest has: what is there was left in the middle of a release. */
    static Revision withRollout(Revision revision, Manifest other) {
        ObjectNode manifest = Json.object(revision.manifest().json());
        ObjectNode spec = manifest.withObject("/spec");
        JsonNode from = Json.object(other.json()).path("spec");
        spec.remove(ROLLOUT);
        ROLLOUT.stream().filter(from::has).forEach(field -> spec.set(field, from.get(field)));
        return with(manifest);
    }

    /** The same with an earlier template, and with what is known of that one. */
    static JsonNode withTemplate(Revision revision, History.Earlier earlier) {
        ObjectNode manifest = Json.object(revision.manifest().json());
        manifest.withObject("/spec").set("template", PodTemplates.canonical(PodTemplates.plain(earlier.template())));
        ObjectNode annotations = manifest.withObject("/metadata").withObject("/annotations");
        for (String mark : Marks.OF_REVISION) {
            JsonNode was = earlier.annotations().path(mark);
            if (was.isTextual()) {
                annotations.set(mark, was);
            } else {
                annotations.remove(mark);
            }
        }
        return manifest;
    }

    /** {@code orders/1.4.2}, as a template names its configuration. */
    static Optional<String> snapshot(JsonNode template) {
        JsonNode mark = template.path("metadata").path("annotations").path(Marks.SNAPSHOT);
        return mark.isTextual() ? Optional.of(mark.asText()) : Optional.empty();
    }

    private static Revision with(ObjectNode manifest) {
        JsonNode spec = manifest.path("spec");
        JsonNode template = spec.path("template");
        String name = manifest.path("metadata").path("name").asText();
        return new Revision(
                new Manifest(manifest.path("kind").asText(), name, manifest.toString()),
                template.path("spec").path("containers").path(0).path("image").asText(),
                snapshot(template).map(text -> text.substring(text.indexOf('/') + 1)),
                spec.path("replicas").asInt(1),
                spec.path("minReadySeconds").asInt());
    }

    private static void keep(JsonNode metadata, String field, ObjectNode into) {
        ObjectNode kept = Json.object();
        metadata.path(field).properties().stream()
                .filter(entry -> CONTROLLERS.stream().noneMatch(entry.getKey()::startsWith) || field.equals("labels"))
                .forEach(entry -> kept.set(entry.getKey(), entry.getValue()));
        if (!kept.isEmpty()) {
            into.set(field, kept);
        }
    }
}
