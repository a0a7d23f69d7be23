package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.WorkloadName;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Autoscalers that are held while a release runs: both bounds are the number of pods there is, and an annotation keeps what they were. */
final class Autoscalers {

    /** Every Kubernetes from 1.20 on has it, and keeps what only later versions know. */
    static final String API = "autoscaling/v1";

    private static final Logger log = LoggerFactory.getLogger(Autoscalers.class);

    private final ApiServer api;
    private final ClusterWatch watch;
    private final String namespace;

    Autoscalers(ApiServer api, ClusterWatch watch, String namespace) {
        this.api = api;
        this.watch = watch;
        this.namespace = namespace;
    }

    /**
     * What its bounds are when it is not held.
     *
     * @param at which number it is held at
     */
    private record Held(int min, int max, int at) {}

    private record Bounds(int min, int max) {

        static Bounds of(JsonNode live) {
            JsonNode spec = live.path("spec");
            return new Bounds(
                    spec.path("minReplicas").asInt(1), spec.path("maxReplicas").asInt());
        }
    }

    AutoscalerState state(WorkloadName workload) {
        List<AutoscalerFacts> all = of(workload);
        if (all.isEmpty()) {
            return AutoscalerState.NONE;
        }
        return all.stream().allMatch(AutoscalerFacts::held) ? AutoscalerState.HELD : AutoscalerState.FREE;
    }

    /**
     * Holds all that are free.
     *
     * @param stillWanted asked after the autoscaler was read and before it is written
     */
    Written hold(WorkloadName workload, int replicas, BooleanSupplier stillWanted) {
        int bound = Math.max(1, replicas);
        for (AutoscalerFacts autoscaler : of(workload)) {
            Optional<JsonNode> live = api.get(place(autoscaler));
            if (live.isEmpty()) {
                // Its watch may not say so for minutes.
                watch.autoscalers().forget(autoscaler.name());
            } else if (!autoscaler.held() && !held(autoscaler, live.get(), bound, stillWanted)) {
                return Written.STALE;
            }
        }
        return Written.DONE;
    }

    /** Gives back all that are held. */
    Written giveBack(WorkloadName workload, BooleanSupplier stillWanted) {
        for (AutoscalerFacts autoscaler : of(workload)) {
            Optional<JsonNode> live = api.get(place(autoscaler));
            if (live.isEmpty()) {
                // Its watch may not say so for minutes.
                watch.autoscalers().forget(autoscaler.name());
            } else if (autoscaler.held() && !givenBack(autoscaler, live.get(), stillWanted)) {
                return Written.STALE;
            }
        }
        return Written.DONE;
    }

    private boolean held(AutoscalerFacts autoscaler, JsonNode live, int bound, BooleanSupplier stillWanted) {
        Bounds before = Bounds.of(live);
        ObjectNode change = change(live, new Bounds(bound, bound));
        Held mark = new Held(before.min, before.max, bound);
        change.withObject("/metadata").putObject("annotations").put(Marks.HELD, Json.text(mark));
        if (live.path("metadata").path("annotations").has(Marks.HELD)
                || !stillWanted.getAsBoolean()
                || !written(autoscaler, change)) {
            return false;
        }
        log.info("Held the autoscaler {} at {}; it has {} to {}", autoscaler.name(), bound, before.min, before.max);
        return true;
    }

    private boolean givenBack(AutoscalerFacts autoscaler, JsonNode live, BooleanSupplier stillWanted) {
        JsonNode mark = live.path("metadata").path("annotations").path(Marks.HELD);
        if (mark.isMissingNode()) {
            watch.autoscalers().freshen(live);
            return false;
        }
        Bounds given = given(held(autoscaler, mark.asText()), Bounds.of(live));
        ObjectNode change = change(live, given);
        change.withObject("/metadata").putObject("annotations").putNull(Marks.HELD);
        if (!stillWanted.getAsBoolean() || !written(autoscaler, change)) {
            return false;
        }
        log.info("Gave the autoscaler {} back: {} to {}", autoscaler.name(), given.min, given.max);
        return true;
    }

    /** A bound that is not what it was held at is what somebody wants since. */
    private static Bounds given(Held before, Bounds now) {
        int max = now.max == before.at ? before.max : now.max;
        return new Bounds(Math.min(now.min == before.at ? before.min : now.min, max), max);
    }

    private Held held(AutoscalerFacts autoscaler, String text) {
        try {
            return Json.read(text, Held.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "HorizontalPodAutoscaler " + namespace + "/" + autoscaler.name() + ": the annotation " + Marks.HELD
                            + " does not say what its bounds were: " + e.getMessage()
                            + "; set minReplicas and maxReplicas, and take the annotation away",
                    e);
        }
    }

    private static ObjectNode change(JsonNode live, Bounds bounds) {
        ObjectNode change = Json.object();
        ObjectNode metadata = change.putObject("metadata");
        metadata.set("uid", live.path("metadata").path("uid"));
        metadata.set("resourceVersion", live.path("metadata").path("resourceVersion"));
        change.putObject("spec").put("minReplicas", bounds.min).put("maxReplicas", bounds.max);
        return change;
    }

    private boolean written(AutoscalerFacts autoscaler, ObjectNode change) {
        Answer answer = api.merge(place(autoscaler), change);
        if (answer.stale()) {
            api.get(place(autoscaler)).ifPresent(watch.autoscalers()::freshen);
            return false;
        }
        watch.autoscalers().freshen(ApiServer.taken(answer, "writing " + place(autoscaler)));
        return true;
    }

    private List<AutoscalerFacts> of(WorkloadName workload) {
        return watch.autoscalers()
                .all()
                .filter(autoscaler -> autoscaler.scales(workload))
                .toList();
    }

    private Place place(AutoscalerFacts autoscaler) {
        return new Place(API, "horizontalpodautoscalers", namespace, autoscaler.name());
    }
}
