package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The earlier templates of a workload: its ReplicaSets, or its ControllerRevisions. */
final class History {

    private static final String NUMBER = "deployment.kubernetes.io/revision";

    private final ApiServer api;
    private final Standing standing;

    History(ApiServer api, Standing standing) {
        this.api = api;
        this.standing = standing;
    }

    /**
     * An earlier revision.
     *
     * @param annotations what the workload had beside it; none where Kubernetes keeps none
     */
    record Earlier(JsonNode template, JsonNode annotations) {}

    /**
     * An earlier revision.
     *
     * @param number empty: the one before what is there
     */
    Optional<Earlier> revision(OptionalLong number, List<Violation> violations) {
        if (standing.live().isEmpty()) {
            violations.add(new Violation(
                    standing.workload().toString(), "it is not there", "release it; nothing is left of it"));
            return Optional.empty();
        }
        NavigableMap<Long, Earlier> revisions = revisions(standing.live().get());
        long present = present(revisions, standing.live().get());
        Optional<Earlier> revision = number.isPresent()
                ? Optional.ofNullable(revisions.get(number.getAsLong()))
                : Optional.ofNullable(revisions.lowerEntry(present)).map(Map.Entry::getValue);
        if (revision.isEmpty()) {
            violations.add(new Violation(
                    standing.workload().toString(),
                    number.isPresent()
                            ? "it has no revision " + number.getAsLong()
                            : "it has no revision before " + present,
                    "it has " + revisions.keySet() + ": say one of these, or release"));
        } else if (number.isPresent() && number.getAsLong() == present) {
            violations.add(new Violation(
                    standing.workload().toString(),
                    "revision " + present + " is what is there",
                    "say another one of " + revisions.keySet()));
        }
        return revision;
    }

    private long present(NavigableMap<Long, Earlier> revisions, JsonNode live) {
        String digest = PodTemplates.digest(live.path("spec").path("template"));
        return revisions.descendingMap().entrySet().stream()
                .filter(revision ->
                        PodTemplates.digest(revision.getValue().template()).equals(digest))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private NavigableMap<Long, Earlier> revisions(JsonNode live) {
        boolean deployment = standing.workload().kind() == Kind.DEPLOYMENT;
        Place place = new Place(
                "apps/v1",
                deployment ? "replicasets" : "controllerrevisions",
                standing.workload().namespace(),
                "");
        NavigableMap<Long, Earlier> revisions = new TreeMap<>();
        String uid = live.path("metadata").path("uid").asText();
        String kind = standing.workload().kind().kubernetes();
        for (JsonNode object : api.list(place, Selector.text(live.path("spec").path("selector")))
                .path("items")) {
            if (Owner.of(object, kind).path("uid").asText().equals(uid)) {
                revisions.put(number(object, deployment), earlier(object, deployment));
            }
        }
        return revisions;
    }

    private static long number(JsonNode object, boolean deployment) {
        return deployment
                ? object.path("metadata").path("annotations").path(NUMBER).asLong()
                : object.path("revision").asLong();
    }

    /** A Deployment's annotations are copied to its newest ReplicaSet, and stay there; a ControllerRevision has none of them. */
    private static Earlier earlier(JsonNode object, boolean deployment) {
        return deployment
                ? new Earlier(
                        object.path("spec").path("template"),
                        object.path("metadata").path("annotations"))
                : new Earlier(object.path("data").path("spec").path("template"), Json.object());
    }
}
