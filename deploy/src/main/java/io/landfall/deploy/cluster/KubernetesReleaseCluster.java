package io.landfall.deploy.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The release orders and workloads of one namespace. Nothing is seen before {@link #start()}. Every write first makes sure that the order is
 * still as it was read; a write that replaces pods, that the pods are too. For several threads.
 *
 * <p>Whatever asks the API server may throw an {@link ApiException}, after some attempts.
 */
public final class KubernetesReleaseCluster implements ReleaseCluster, AutoCloseable {

    private final ApiServer api;
    private final ClusterWatch watch;
    private final Views views;
    private final Orders orders;
    private final Autoscalers autoscalers;
    private final Preparation preparation;
    private final WorkloadWriter writer;
    private final Confirmation confirmation;
    private final String namespace;

    /**
     * Calls nobody yet.
     *
     * @param client closed by whoever made it
     * @param trouble why a pod is not ready, in one line; asked at each look, so it comes back at once
     */
    public KubernetesReleaseCluster(
            KubernetesClient client, String namespace, Function<Pod, Optional<String>> trouble) {
        this(Connection.of(client), namespace, trouble);
    }

    KubernetesReleaseCluster(Connection connection, String namespace, Function<Pod, Optional<String>> trouble) {
        this.api = connection.api();
        this.namespace = namespace;
        this.watch = new ClusterWatch(connection.client(), namespace);
        this.views = new Views(watch, trouble);
        this.orders = new Orders(api, namespace);
        this.autoscalers = new Autoscalers(api, watch, namespace);
        this.preparation = new Preparation(api, namespace);
        this.writer = new WorkloadWriter(api, watch);
        this.confirmation = new Confirmation(api, watch, views);
    }

    /**
     * Begins to watch. Until the future completes, orders and workloads may be missing.
     *
     * @return completes when everything was seen once; an API server that is not there is waited for
     */
    public CompletableFuture<Void> start() {
        return watch.start();
    }

    /** Orders that cannot be read, and why: nothing is done for them. */
    public List<UnreadableOrderException> unreadable() {
        return watch.orders().all().flatMap(facts -> facts.problem().stream()).toList();
    }

    @Override
    public List<StoredOrder> orders() {
        return watch.orders().all().flatMap(facts -> facts.stored().stream()).toList();
    }

    /**
     * The order of a workload that was accepted last.
     *
     * @throws UnreadableOrderException if there is one that cannot be read
     */
    @Override
    public Optional<StoredOrder> order(WorkloadName workload) {
        Optional<OrderFacts> facts =
                watch.orders().get(OrderRecord.place(workload).name());
        facts.flatMap(OrderFacts::problem).ifPresent(problem -> {
            throw problem;
        });
        return facts.flatMap(OrderFacts::stored)
                .filter(stored -> stored.order().workload().equals(workload));
    }

    @Override
    public Optional<StoredOrder> accept(ReleaseOrder order) {
        Optional<StoredOrder> accepted = orders.accept(order);
        refresh(order.workload());
        return accepted;
    }

    @Override
    public Written write(StoredOrder changed) {
        Written written = orders.write(changed);
        refresh(changed.order().workload());
        return written;
    }

    @Override
    public Optional<WorkloadView> workload(ReleaseOrder order) {
        return views.view(order);
    }

    @Override
    public AutoscalerState autoscaler(WorkloadName workload) {
        return autoscalers.state(workload);
    }

    @Override
    public boolean prepared(ReleaseOrder order) {
        return preparation.prepared(order);
    }

    @Override
    public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
        ReleaseOrder wanted = order.order();
        BooleanSupplier stillWanted = () -> confirmation.order(order);
        if (decision instanceof Decision.Prepare prepare) {
            return preparation.prepare(wanted, prepare.objects(), stillWanted);
        }
        if (decision instanceof Decision.HoldAutoscaler) {
            return seen.map(view -> autoscalers.hold(wanted.workload(), view.replicas(), stillWanted))
                    .orElse(Written.STALE);
        }
        if (decision instanceof Decision.GiveBackAutoscaler) {
            return autoscalers.giveBack(wanted.workload(), stillWanted);
        }
        if (decision instanceof Decision.Conclude conclude) {
            if (seen.isEmpty() && confirmation.isThere(wanted.workload())) {
                return Written.STALE;
            }
            preparation.forget(wanted);
            return write(order.ended(conclude.outcome()));
        }
        return stillWanted.getAsBoolean() ? workloadOrPod(order, seen, decision) : Written.STALE;
    }

    @Override
    public AutoCloseable onChange(Consumer<WorkloadName> listener) {
        return watch.onChange(listener);
    }

    /** Ends the watches. */
    @Override
    public void close() {
        watch.close();
    }

    private Written workloadOrPod(StoredOrder stored, Optional<WorkloadView> seen, Decision decision) {
        ReleaseOrder order = stored.order();
        if (decision instanceof Decision.Write write) {
            boolean first = seen.flatMap(WorkloadView::progress).isEmpty();
            return first || confirmation.pods(order, seen.get()) ? writer.write(order, seen, write) : Written.STALE;
        }
        if (seen.isEmpty()) {
            return writer.refresh(order.workload());
        }
        WorkloadView view = seen.get();
        if (decision instanceof Decision.Note note) {
            // A batch that failed for a watch that stands still has not failed.
            boolean sound = note.progress().hold().isEmpty() || confirmation.pods(order, view);
            return sound ? writer.note(order, view, note) : Written.STALE;
        }
        if (decision instanceof Decision.End end) {
            return confirmation.pods(order, view) ? writer.end(order, view, end) : Written.STALE;
        }
        if (decision instanceof Decision.DeletePod pod) {
            return delete(pod);
        }
        throw new IllegalArgumentException("nothing to carry out: " + decision);
    }

    private Written delete(Decision.DeletePod pod) {
        Answer answer = api.delete(new Place("v1", "pods", namespace, pod.name()), pod.uid());
        if (answer.stale()) {
            return Written.STALE;
        }
        ApiServer.taken(answer, "deleting pod " + pod.name());
        return Written.DONE;
    }

    private void refresh(WorkloadName workload) {
        Place place = OrderRecord.place(workload);
        api.get(place).ifPresent(watch.orders()::freshen);
        watch.tell(workload);
    }
}
