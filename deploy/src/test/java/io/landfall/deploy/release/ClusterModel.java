package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A cluster in memory: orders and workloads with compare-and-set, controllers that step when they are told to, and a time of its own.
 * Everything that happens is in it, so what two runs did to pods can be compared.
 */
final class ClusterModel implements ReleaseCluster {

    final Map<WorkloadName, WorkloadModel> workloads = new LinkedHashMap<>();
    final Map<WorkloadName, AutoscalerState> autoscalers = new LinkedHashMap<>();
    final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<WorkloadName, StoredOrder> orders = new LinkedHashMap<>();
    private final Set<String> prepared = new HashSet<>();
    private final List<Consumer<WorkloadName>> listeners = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private int version;

    synchronized Instant now() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    synchronized void until(Instant then) {
        now = then.isAfter(now) ? then : now;
    }

    @Override
    public synchronized List<StoredOrder> orders() {
        return List.copyOf(orders.values());
    }

    @Override
    public synchronized Optional<StoredOrder> order(WorkloadName workload) {
        return Optional.ofNullable(orders.get(workload));
    }

    @Override
    public Optional<StoredOrder> accept(ReleaseOrder order) {
        synchronized (this) {
            StoredOrder before = orders.get(order.workload());
            if (before != null && before.outcome().isEmpty()) {
                return Optional.empty();
            }
            orders.put(
                    order.workload(),
                    new StoredOrder(order, Directive.initial(order.author()), Optional.empty(), next()));
        }
        tell(order.workload());
        return order(order.workload());
    }

    private StoredOrder stored(WorkloadName name) {
        return Objects.requireNonNull(orders.get(name));
    }

    WorkloadModel there(WorkloadName name) {
        return Objects.requireNonNull(workloads.get(name));
    }

    private String next() {
        version++;
        return String.valueOf(version);
    }

    @Override
    public Written write(StoredOrder changed) {
        WorkloadName workload = changed.order().workload();
        synchronized (this) {
            if (!stored(workload).version().equals(changed.version())) {
                return Written.STALE;
            }
            orders.put(workload, new StoredOrder(changed.order(), changed.directive(), changed.outcome(), next()));
        }
        tell(workload);
        return Written.DONE;
    }

    @Override
    public synchronized Optional<WorkloadView> workload(ReleaseOrder order) {
        return Optional.ofNullable(workloads.get(order.workload())).map(workload -> workload.view(order));
    }

    @Override
    public synchronized AutoscalerState autoscaler(WorkloadName workload) {
        return autoscalers.getOrDefault(workload, AutoscalerState.NONE);
    }

    @Override
    public synchronized boolean prepared(ReleaseOrder order) {
        return !(order.target() instanceof Target.NewRevision target)
                || target.first().isEmpty()
                || prepared.contains(order.id());
    }

    @Override
    public AutoCloseable onChange(Consumer<WorkloadName> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(WorkloadName workload) {
        listeners.forEach(listener -> listener.accept(workload));
    }

    @Override
    public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
        WorkloadName name = order.order().workload();
        Written written = decision instanceof Decision.Conclude conclude
                ? write(order.ended(conclude.outcome()))
                : change(order.order(), name, seen, decision);
        if (written == Written.DONE) {
            synchronized (this) {
                writes.add(Telling.of(decision));
            }
            if (!(decision instanceof Decision.Prepare)) {
                tell(name);
            }
        }
        return written;
    }

    private synchronized Written change(
            ReleaseOrder order, WorkloadName name, Optional<WorkloadView> seen, Decision decision) {
        if (decision instanceof Decision.Prepare) {
            prepared.add(order.id());
            return Written.DONE;
        }
        if (decision instanceof Decision.HoldAutoscaler || decision instanceof Decision.GiveBackAutoscaler) {
            boolean holds = decision instanceof Decision.HoldAutoscaler;
            autoscalers.put(name, holds ? AutoscalerState.HELD : AutoscalerState.FREE);
            return Written.DONE;
        }
        if (decision instanceof Decision.DeletePod delete) {
            return delete(there(name), delete);
        }
        Optional<String> there =
                Optional.ofNullable(workloads.get(name)).map(workload -> String.valueOf(workload.version));
        if (!there.equals(seen.map(WorkloadView::version))) {
            return Written.STALE;
        }
        apply(order, workloads.computeIfAbsent(name, absent -> absent(order, absent)), decision);
        return Written.DONE;
    }

    private static Written delete(WorkloadModel workload, Decision.DeletePod delete) {
        Optional<PodModel> pod = workload.living().stream()
                .filter(living -> living.uid.equals(delete.uid()))
                .findFirst();
        pod.ifPresent(workload::terminate);
        return pod.isPresent() ? Written.DONE : Written.STALE;
    }

    private static WorkloadModel absent(ReleaseOrder order, WorkloadName name) {
        Target.Revision revision = ((Target.NewRevision) order.target()).revision();
        return name.kind() == WorkloadName.Kind.DEPLOYMENT
                ? new DeploymentModel(name, Manifests.template(revision), 0, Manifests.fields(revision))
                : new StatefulSetModel(name, Manifests.template(revision), 0, Manifests.fields(revision));
    }

    private static void apply(ReleaseOrder order, WorkloadModel workload, Decision decision) {
        if (decision instanceof Decision.Note note) {
            workload.progress = Optional.of(note.progress());
            workload.version++;
            return;
        }
        if (decision instanceof Decision.Write write) {
            workload.progress = Optional.of(write.progress());
            spec(workload, order, write.progress().direction(), write.fields(), write.replicas());
        }
        if (decision instanceof Decision.End end) {
            workload.progress = Optional.empty();
            workload.last = Optional.of(end.last());
            Fields fields = end.fields().orElseGet(() -> Manifests.fields(revision(order, end.direction())));
            spec(workload, order, end.direction(), fields, end.replicas());
        }
    }

    private static void spec(
            WorkloadModel workload, ReleaseOrder order, Direction direction, Fields fields, int replicas) {
        workload.template = Manifests.template(revision(order, direction));
        workload.fields = fields;
        workload.replicas = replicas;
        workload.changedBy = Optional.empty();
        workload.changed();
    }

    private static Target.Revision revision(ReleaseOrder order, Direction direction) {
        return direction == Direction.FORWARD && order.target() instanceof Target.NewRevision target
                ? target.revision()
                : order.previous().orElseThrow();
    }

    /** Lets somebody else change a workload. */
    synchronized void meddle(WorkloadName name, String who, Consumer<WorkloadModel> change) {
        WorkloadModel workload = there(name);
        change.accept(workload);
        workload.changedBy = Optional.of(who);
        workload.changed();
    }

    /** Lets somebody say something. */
    synchronized void say(WorkloadName name, UnaryOperator<Directive> said) {
        StoredOrder stored = stored(name);
        write(stored.with(said.apply(stored.directive())));
    }

    /** Lets one controller or kubelet take a step. */
    synchronized boolean step(Random random) {
        List<WorkloadModel> all = List.copyOf(workloads.values());
        if (all.isEmpty()) {
            return false;
        }
        WorkloadModel workload = all.get(random.nextInt(all.size()));
        int actor = random.nextInt(4);
        if (actor == 0) {
            return workload.controllerPass(now);
        }
        if (actor == 1 && workload instanceof DeploymentModel deployment) {
            return !deployment.sets.isEmpty() && deployment.replicaSetPass(random.nextInt(deployment.sets.size()), now);
        }
        return workload.kubeletPass(now);
    }

    /** Lets all controllers and kubelets work until there is nothing to do. */
    synchronized void settle() {
        workloads.values().forEach(workload -> {
            int passes = 0;
            while (pass(workload)) {
                passes++;
                if (passes > 10_000) {
                    throw new IllegalStateException("controllers of " + workload.name + " come to no end");
                }
            }
        });
    }

    private boolean pass(WorkloadModel workload) {
        boolean works = workload.controllerPass(now);
        if (workload instanceof DeploymentModel deployment) {
            for (int at = 0; at < deployment.sets.size(); at++) {
                works |= deployment.replicaSetPass(at, now);
            }
        }
        boolean node = workload.kubeletPass(now);
        return works || node;
    }
}
