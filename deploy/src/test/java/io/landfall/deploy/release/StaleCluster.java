package io.landfall.deploy.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** What an engine sees through a cache that is behind by chance. Its writes meet the cluster as it is. */
final class StaleCluster implements ReleaseCluster {

    private final ClusterModel cluster;
    private final Random random;
    private final Map<WorkloadName, StoredOrder> orders = new HashMap<>();
    private final Map<WorkloadName, WorkloadView> views = new HashMap<>();

    StaleCluster(ClusterModel cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    private boolean hears() {
        return random.nextInt(3) == 0;
    }

    @Override
    public List<StoredOrder> orders() {
        return cluster.orders();
    }

    @Override
    public Optional<StoredOrder> order(WorkloadName workload) {
        if (hears() || !orders.containsKey(workload)) {
            cluster.order(workload).ifPresent(stored -> orders.put(workload, stored));
        }
        return Optional.ofNullable(orders.get(workload));
    }

    @Override
    public Optional<StoredOrder> accept(ReleaseOrder order) {
        return cluster.accept(order);
    }

    @Override
    public Written write(StoredOrder changed) {
        return cluster.write(changed);
    }

    @Override
    public Optional<WorkloadView> workload(ReleaseOrder order) {
        if (hears() || !views.containsKey(order.workload())) {
            cluster.workload(order).ifPresent(view -> views.put(order.workload(), view));
        }
        return Optional.ofNullable(views.get(order.workload()));
    }

    @Override
    public AutoscalerState autoscaler(WorkloadName workload) {
        return cluster.autoscaler(workload);
    }

    @Override
    public boolean prepared(ReleaseOrder order) {
        return cluster.prepared(order);
    }

    @Override
    public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
        return cluster.carryOut(order, seen, decision);
    }

    @Override
    public AutoCloseable onChange(Consumer<WorkloadName> listener) {
        return cluster.onChange(listener);
    }
}
