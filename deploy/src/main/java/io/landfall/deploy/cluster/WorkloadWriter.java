package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.cluster.ApiServer.Applied;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes workloads, each time whole, and only on top of what was seen. For several threads. */
final class WorkloadWriter {

    private static final Logger log = LoggerFactory.getLogger(WorkloadWriter.class);

    private final ApiServer api;
    private final ClusterWatch watch;

    WorkloadWriter(ApiServer api, ClusterWatch watch) {
        this.api = api;
        this.watch = watch;
    }

    Written write(ReleaseOrder order, Optional<WorkloadView> seen, Decision.Write decision) {
        if (seen.isPresent() && overtaken(order.workload(), seen.get(), decision.progress())) {
            return refresh(order.workload());
        }
        ObjectNode object = manifest(order, decision.progress().direction());
        if (!scales(order)) {
            RolloutFields.write(order.workload().kind(), spec(object), decision.fields());
        }
        spec(object).put("replicas", decision.replicas());
        mark(object, Marks.RELEASE, decision.progress());
        return apply(order, seen, object);
    }

    Written end(ReleaseOrder order, WorkloadView seen, Decision.End decision) {
        ObjectNode object = manifest(order, decision.direction());
        if (!scales(order)) {
            decision.fields()
                    .ifPresentOrElse(
                            fields -> RolloutFields.write(order.workload().kind(), spec(object), fields),
                            () -> RolloutFields.complete(order.workload().kind(), spec(object)));
        }
        spec(object).put("replicas", decision.replicas());
        mark(object, Marks.LAST_ORDER, decision.last());
        return apply(order, Optional.of(seen), object);
    }

    Written note(ReleaseOrder order, WorkloadView seen, Decision.Note decision) {
        if (overtaken(order.workload(), seen, decision.progress())) {
            return refresh(order.workload());
        }
        ObjectNode change = Json.object();
        carry(change.putObject("metadata"), Version.parse(seen.version()));
        mark(change, Marks.RELEASE, decision.progress());
        return taken(order, api.merge(place(order.workload()), change), "noting");
    }

    /** Looks past the watch, and keeps what is there. */
    Written refresh(WorkloadName workload) {
        Watched<WorkloadFacts> kind = watch.workloads(workload.kind());
        api.get(place(workload)).ifPresentOrElse(kind::freshen, () -> kind.forget(workload.name()));
        watch.tell(workload);
        return Written.STALE;
    }

    private Written apply(ReleaseOrder order, Optional<WorkloadView> seen, ObjectNode object) {
        Place place = place(order.workload());
        if (seen.isEmpty()) {
            return taken(order, api.make(place, object), "making");
        }
        Version version = Version.parse(seen.get().version());
        carry(object.withObject("/metadata"), version);
        if (!adopted(order.workload(), version, place, object)) {
            return refresh(order.workload());
        }
        if (becomes(order.workload(), place, object)) {
            return taken(order, api.apply(place, object, Applied.FORCED), "writing");
        }
        Optional<JsonNode> live = api.get(place);
        // The version of the object is the one that it was decided from, or of the adoption after it.
        return live.isPresent() && Version.of(live.get().path("metadata")).equals(Version.of(object.path("metadata")))
                ? taken(order, api.merge(place, ExactChange.of(live.get(), object)), "writing")
                : refresh(order.workload());
    }

    /** Whether applying it makes its template what it is to be. One that is that already is not asked for. */
    private boolean becomes(WorkloadName workload, Place place, ObjectNode object) {
        String wanted = PodTemplates.digest(spec(object).path("template"));
        boolean already = watch.workloads(workload.kind())
                .get(workload.name())
                .filter(facts -> facts.template().equals(wanted))
                .isPresent();
        return already || arrives(place, object, wanted);
    }

    private Written taken(ReleaseOrder order, Answer answer, String doing) {
        if (answer.stale()) {
            return refresh(order.workload());
        }
        JsonNode written = ApiServer.taken(answer, doing + " " + order.workload());
        watch.workloads(order.workload().kind()).freshen(written);
        return Written.DONE;
    }

    /** Whether an engine with a later lease has written since. */
    private boolean overtaken(WorkloadName workload, WorkloadView seen, Progress progress) {
        return seen.progress().filter(there -> there.epoch() > progress.epoch()).isPresent()
                || watch.workloads(workload.kind())
                        .get(workload.name())
                        .flatMap(WorkloadFacts::release)
                        .filter(there -> there.epoch() > progress.epoch())
                        .isPresent();
    }

    /**
     * What others added to the template would stay in it when ours is applied, and so would a mark that another writer has. Where that is so, their
     * part becomes ours first: that changes nothing of the specification, so an engine may die after it.
     *
     * @return false: something else was written since
     */
    private boolean adopted(WorkloadName workload, Version seen, Place place, ObjectNode object) {
        Optional<WorkloadFacts> facts = watch.workloads(workload.kind()).get(workload.name());
        String wanted = PodTemplates.digest(spec(object).path("template"));
        boolean exact = facts.isPresent()
                && !facts.get().marked()
                && (facts.get().others().isEmpty() || facts.get().template().equals(wanted));
        if (exact) {
            return true;
        }
        Optional<JsonNode> live = api.get(place);
        if (live.isEmpty() || !Version.of(live.get().path("metadata")).equals(seen)) {
            return false;
        }
        Ownership ownership = new Ownership(live.get());
        if (!ownership.marksAreForeign() && arrives(place, object, wanted)) {
            return true;
        }
        Answer answer = api.merge(place, ownership.adoption());
        if (answer.stale()) {
            return false;
        }
        JsonNode written = ApiServer.taken(answer, "taking fields of " + workload);
        log.info("Took fields of {} over from other field managers", workload);
        carry(object.withObject("/metadata"), Version.of(written.path("metadata")));
        return true;
    }

    private boolean arrives(Place place, ObjectNode object, String wanted) {
        Answer answer = api.dryRun(place, object, Applied.FORCED);
        boolean same =
                PodTemplates.digest(answer.body().path("spec").path("template")).equals(wanted);
        return answer.stale() || (answer.done() && same);
    }

    /** How pods are replaced stays as it is then, {@code OnDelete} and {@code Recreate} included: it is all in the manifest. */
    private static boolean scales(ReleaseOrder order) {
        return order.target() instanceof Target.Scale;
    }

    private static ObjectNode manifest(ReleaseOrder order, Progress.Direction direction) {
        Optional<Manifest> previous = order.previous().map(Target.Revision::manifest);
        Optional<Manifest> manifest =
                direction == Progress.Direction.FORWARD && order.target() instanceof Target.NewRevision target
                        ? Optional.of(target.revision().manifest())
                        : previous;
        return Json.object(manifest.orElseThrow(() -> new IllegalStateException(
                        order.id() + " has nothing to go back to: " + order.workload() + " was not there"))
                .json());
    }

    private static void mark(ObjectNode object, String name, Object record) {
        object.withObject("/metadata").withObject("/annotations").put(name, Json.text(record));
    }

    private static void carry(ObjectNode metadata, Version version) {
        metadata.put("uid", version.uid()).put("resourceVersion", version.resource());
    }

    private static ObjectNode spec(ObjectNode object) {
        return object.withObject("/spec");
    }

    static Place place(WorkloadName workload) {
        return new Place("apps/v1", Place.plural(workload.kind().kubernetes()), workload.namespace(), workload.name());
    }
}
