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
     * A template.
     *
     * @param number empty: of the one before what is there
     */
    Optional<JsonNode> template(OptionalLong number, List<Violation> violations) {
        if (standing.live().isEmpty()) {
            violations.add(new Violation(
                    standing.workload().toString(), "it is not there", "release it; nothing is left of it"));
            return Optional.empty();
        }
        NavigableMap<Long, JsonNode> revisions = revisions(standing.live().get());
        long present = present(revisions, standing.live().get());
        Optional<JsonNode> template = number.isPresent()
                ? Optional.ofNullable(revisions.get(number.getAsLong()))
                : Optional.ofNullable(revisions.lowerEntry(present)).map(Map.Entry::getValue);
        if (template.isEmpty()) {
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
        return template;
    }

    private long present(NavigableMap<Long, JsonNode> revisions, JsonNode live) {
        String digest = PodTemplates.digest(live.path("spec").path("template"));
        return revisions.descendingMap().entrySet().stream()
                .filter(revision -> PodTemplates.digest(revision.getValue()).equals(digest))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private NavigableMap<Long, JsonNode> revisions(JsonNode live) {
        boolean deployment = standing.workload().kind() == Kind.DEPLOYMENT;
        Place place = new Place(
                "apps/v1",
                deployment ? "replicasets" : "controllerrevisions",
                standing.workload().namespace(),
                "");
        NavigableMap<Long, JsonNode> revisions = new TreeMap<>();
        String uid = live.path("metadata").path("uid").asText();
        String kind = standing.workload().kind().kubernetes();
        for (JsonNode object : api.list(place, Selector.text(live.path("spec").path("selector")))
                .path("items")) {
            if (Owner.of(object, kind).path("uid").asText().equals(uid)) {
                revisions.put(number(object, deployment), template(object, deployment));
            }
        }
        return revisions;
    }

    private static long number(JsonNode object, boolean deployment) {
        return deployment
                ? object.path("metadata").path("annotations").path(NUMBER).asLong()
                : object.path("revision").asLong();
    }

    private static JsonNode template(JsonNode object, boolean deployment) {
        return (deployment ? object : object.path("data")).path("spec").path("template");
    }
}
