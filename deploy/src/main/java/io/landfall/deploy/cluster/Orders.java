package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders of a namespace, read when they are asked for: what a command line needs, and what an engine looks at before it writes. For several
 * threads.
 */
public final class Orders {

    private static final Logger log = LoggerFactory.getLogger(Orders.class);

    private final ApiServer api;
    private final String namespace;

    /**
     * Calls nobody yet.
     *
     * @param client closed by whoever made it
     */
    public Orders(KubernetesClient client, String namespace) {
        this(Connection.of(client).api(), namespace);
    }

    Orders(ApiServer api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /**
     * An order that can be shown, or the reason why it cannot.
     *
     * @param order empty: it cannot be read
     * @param problem empty: it can
     */
    public record Listed(Optional<StoredOrder> order, Optional<UnreadableOrderException> problem) {}

    /** The last order of each workload, those that cannot be read included. */
    public List<Listed> all() {
        List<Listed> all = new ArrayList<>();
        api.list(Place.configMap(namespace, ""), Marks.IS_ORDER + "=true")
                .path("items")
                .forEach(object -> all.add(listed(object)));
        return all;
    }

    /**
     * The order of a workload that was accepted last.
     *
     * @throws UnreadableOrderException if there is one that cannot be read
     */
    public Optional<StoredOrder> order(WorkloadName workload) {
        return read(workload).map(OrderRecord.Read::stored);
    }

    /** How earlier orders of a workload ended, oldest first, a line each. */
    public List<String> history(WorkloadName workload) {
        return read(workload).map(OrderRecord.Read::remembered).orElse(List.of()).stream()
                .map(ended -> ended.outcome().ended() + " " + ended.id() + " "
                        + ended.outcome().result() + " " + ended.image().orElse("") + " "
                        + ended.outcome().message())
                .toList();
    }

    /**
     * Accepts an order: it is in the cluster, and any engine takes it up.
     *
     * @return empty if another order for this workload has not ended
     * @throws UnreadableOrderException if there is one of which nobody knows whether it has ended
     */
    public Optional<StoredOrder> accept(ReleaseOrder order) {
        Optional<OrderRecord.Read> before = read(order.workload());
        if (before.isPresent() && before.get().stored().outcome().isEmpty()) {
            return same(before.get().stored(), order);
        }
        Place place = OrderRecord.place(order.workload());
        String version = before.map(read -> read.stored().version()).orElse("");
        StoredOrder stored = new StoredOrder(order, Directive.initial(order.author()), Optional.empty(), version);
        JsonNode object = OrderRecord.write(
                stored, before.map(OrderRecord.Read::remembered).orElse(List.of()));
        Answer answer = before.isPresent() ? api.replace(place, object) : api.create(place, object);
        if (answer.stale()) {
            // Also when an answer was lost, and this is the second time.
            return read(order.workload()).flatMap(read -> same(read.stored(), order));
        }
        JsonNode taken = ApiServer.taken(answer, "accepting " + order.id());
        log.info("Accepted {} for {}", order.id(), order.workload());
        return Optional.of(OrderRecord.read(taken).stored());
    }

    /** Writes directive and outcome of an order. */
    public Written write(StoredOrder changed) {
        Optional<OrderRecord.Read> there = read(changed.order().workload());
        if (there.isEmpty() || !there.get().stored().version().equals(changed.version())) {
            return Written.STALE;
        }
        Answer answer = api.replace(
                OrderRecord.place(changed.order().workload()),
                OrderRecord.write(changed, there.get().history()));
        if (answer.stale()) {
            return Written.STALE;
        }
        ApiServer.taken(answer, "writing " + changed.order().id());
        return Written.DONE;
    }

    Optional<OrderRecord.Read> read(WorkloadName workload) {
        return api.get(OrderRecord.place(workload)).map(OrderRecord::read);
    }

    private static Optional<StoredOrder> same(StoredOrder there, ReleaseOrder order) {
        return there.order().equals(order) ? Optional.of(there) : Optional.empty();
    }

    private static Listed listed(JsonNode object) {
        try {
            return new Listed(Optional.of(OrderRecord.read(object).stored()), Optional.empty());
        } catch (UnreadableOrderException e) {
            return new Listed(Optional.empty(), Optional.of(e));
        }
    }
}
