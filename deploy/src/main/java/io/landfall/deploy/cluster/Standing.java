package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target.NewRevision;
import io.landfall.deploy.release.Target.Revision;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a workload stands before an order is made for it.
 *
 * @param live empty: it is not there
 * @param last the order before; empty: there was none
 */
record Standing(WorkloadName workload, Optional<JsonNode> live, Optional<OrderRecord.Read> last) {

    /** Nobody but a release waits so long for a pod. */
    private static final int A_YEAR = 365 * 24 * 3600;

    static Standing of(ApiServer api, Orders orders, WorkloadName workload) {
        return new Standing(workload, api.get(WorkloadWriter.place(workload)), orders.read(workload));
    }

    void check(boolean takeOver, List<Violation> violations) {
        last.map(OrderRecord.Read::stored)
                .filter(stored -> stored.outcome().isEmpty())
                .ifPresent(running -> violations.add(new Violation(
                        workload.toString(),
                        "its release " + running.order().id() + " has not ended",
                        "wait for it, or end it: abort or rollback")));
        last.map(read -> read.stored().order().workload())
                .filter(other -> !other.equals(workload))
                .ifPresent(other -> violations.add(sharesARecord(other)));
        if (workload.name().length() > OrderRecord.longestName()) {
            violations.add(new Violation(
                    workload.toString(),
                    "its name has " + workload.name().length() + " characters",
                    "make it " + OrderRecord.longestName() + " at most: the record of its releases is named after it"));
        }
        live.ifPresent(object -> check(object, takeOver, violations));
    }

    int replicas() {
        return live.map(object -> object.path("spec").path("replicas").asInt(1)).orElse(0);
    }

    /** What is there, as it is outside of releases. */
    Optional<Revision> revision() {
        Optional<Revision> revision = live.map(object -> Revisions.of(object, object));
        return stayed() ? revision.map(there -> Revisions.withRollout(there, rollout())) : revision;
    }

    /** A number of the day, above those that were used: the workload knows of one also where the record was deleted. */
    int next(String prefix) {
        Stream<String> recorded = last.stream()
                .flatMap(read -> Stream.concat(
                        Stream.of(read.stored().order().id()),
                        read.history().stream().map(OrderRecord.Ended::id)));
        Stream<String> written = facts().stream()
                .flatMap(facts -> Stream.concat(
                        facts.lastOrder().map(WorkloadView.LastOrder::order).stream(),
                        facts.release().map(Progress::order).stream()));
        return 1
                + Stream.concat(recorded, written)
                        .filter(id -> id.matches(Pattern.quote(prefix) + "[0-9]{1,6}"))
                        .mapToInt(id -> Integer.parseInt(id.substring(prefix.length())))
                        .max()
                        .orElse(0);
    }

    /** It is named after the workload without its kind, and would be the one's and the other's in turns. */
    private Violation sharesARecord(WorkloadName other) {
        return new Violation(
                workload.toString(),
                "the record of releases with its name is that of " + other,
                "give one of them another name; or, if that one is gone for good, delete the ConfigMap "
                        + OrderRecord.place(workload).name());
    }

    private void check(JsonNode object, boolean takeOver, List<Violation> violations) {
        int first = object.path("spec").path("ordinals").path("start").asInt();
        if (first > 0) {
            violations.add(new Violation(
                    workload.toString(),
                    "its pods are numbered from " + first + ", and releases count them from 0",
                    "leave spec.ordinals out, or release it by kubectl"));
        }
        if (object.path("spec").path("paused").asBoolean() && !stayed()) {
            violations.add(new Violation(
                    workload.toString(), "somebody has paused it", "look why, and run 'kubectl rollout resume'"));
        }
        boolean running = last.map(read -> read.stored().outcome().isEmpty()).orElse(false);
        if (inTheMiddle(object) && !running && !takeOver) {
            violations.add(new Violation(
                    workload.toString(),
                    "it is in the middle of a release whose record is gone, so what it was before is not known",
                    "take it over: then it goes on from the manifest that you release"));
        }
    }

    /**
     * Whether a release has left it half way. {@code kubectl rollout undo} brings annotations of an old ReplicaSet back, the mark of a release that
     * has ended among them; but not the fields that a release has in a Deployment.
     */
    private boolean inTheMiddle(JsonNode object) {
        JsonNode spec = object.path("spec");
        boolean fields = workload.kind() == Kind.STATEFUL_SET
                || spec.path("paused").asBoolean()
                || spec.path("minReadySeconds").asInt() > A_YEAR;
        return fields && object.path("metadata").path("annotations").has(Marks.RELEASE);
    }

    private Optional<WorkloadFacts> facts() {
        return live.map(object -> WorkloadFacts.of(workload, object));
    }

    /** Whether an order ended half way, with pods of two versions. One for another number of pods leaves one. */
    boolean betweenVersions() {
        boolean fields = facts().map(WorkloadFacts::fields)
                .filter(there -> there.paused() || there.partition() > 0)
                .isPresent();
        return stayed() && fields;
    }

    /** Whether an order ended half way, and left it paused. One that was refused since has changed nothing. */
    private boolean stayed() {
        boolean there = facts().flatMap(WorkloadFacts::lastOrder)
                .filter(order -> order.result() == Outcome.Result.STAYED)
                .isPresent();
        return there && last.isPresent();
    }

    private Manifest rollout() {
        StoredOrder stored = last.map(OrderRecord.Read::stored).orElseThrow();
        boolean refused = stored.outcome()
                .filter(outcome -> outcome.result() == Outcome.Result.REFUSED)
                .isPresent();
        return stored.order().target() instanceof NewRevision target && !refused
                ? target.revision().manifest()
                : stored.order().previous().orElseThrow().manifest();
    }
}
