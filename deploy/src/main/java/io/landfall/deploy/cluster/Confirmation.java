package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks past the watches before something is written: a watch can stand still for minutes without anybody being told, and a workload's version
 * does not change with what its pods do. What is found is kept, so that the next look is right. For several threads.
 */
final class Confirmation {

    private static final Logger log = LoggerFactory.getLogger(Confirmation.class);

    private final ApiServer api;
    private final ClusterWatch watch;
    private final Views views;

    Confirmation(ApiServer api, ClusterWatch watch, Views views) {
        this.api = api;
        this.watch = watch;
        this.views = views;
    }

    /** Whether nobody has said anything else since. */
    boolean order(StoredOrder order) {
        Place place = OrderRecord.place(order.order().workload());
        Optional<JsonNode> live = api.get(place);
        live.ifPresentOrElse(watch.orders()::freshen, () -> watch.orders().forget(place.name()));
        boolean same = live.isPresent()
                && Version.of(live.get().path("metadata")).text().equals(order.version());
        if (!same) {
            watch.tell(order.order().workload());
        }
        return same;
    }

    /** Whether a workload that no watch knows is there after all: its order must not end because of that. */
    boolean isThere(WorkloadName workload) {
        Optional<JsonNode> live = api.get(WorkloadWriter.place(workload));
        live.ifPresent(watch.workloads(workload.kind())::freshen);
        if (live.isPresent()) {
            watch.tell(workload);
        }
        return live.isPresent();
    }

    /** Whether the pods are what was seen. */
    boolean pods(ReleaseOrder order, WorkloadView seen) {
        Optional<WorkloadFacts> workload =
                watch.workloads(order.workload().kind()).get(order.workload().name());
        if (workload.isEmpty()) {
            return false;
        }
        if (order.workload().kind() == Kind.DEPLOYMENT) {
            read("apps/v1", "replicasets", workload.get()).forEach(watch.replicaSets()::freshen);
        }
        Set<String> there = new HashSet<>();
        for (JsonNode pod : read("v1", "pods", workload.get())) {
            there.add(pod.path("metadata").path("name").asText());
            watch.pods().freshen(pod);
        }
        seen.pods().stream()
                .map(PodView::name)
                .filter(name -> !there.contains(name))
                .forEach(watch.pods()::forget);
        boolean same = views.view(order)
                .filter(view ->
                        view.available() == seen.available() && matter(view).equals(matter(seen)))
                .isPresent();
        if (!same) {
            log.info("The pods of {} are not what the watch says: looking again", order.workload());
            watch.tell(order.workload());
        }
        return same;
    }

    private JsonNode read(String apiVersion, String plural, WorkloadFacts workload) {
        return api.list(new Place(apiVersion, plural, workload.name().namespace(), ""), workload.selector())
                .path("items");
    }

    /** What of a pod a decision follows from. */
    private record Matter(
            String uid,
            boolean current,
            boolean terminating,
            Optional<Instant> readySince,
            Optional<Instant> unreadySince,
            int restarts,
            Optional<Instant> restartedAt) {}

    private static List<Matter> matter(WorkloadView view) {
        return view.pods().stream()
                .map(pod -> new Matter(
                        pod.uid(),
                        pod.current(),
                        pod.terminating(),
                        pod.readySince(),
                        pod.unreadySince(),
                        pod.restarts(),
                        pod.restartedAt()))
                .toList();
    }
}
