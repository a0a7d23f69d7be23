package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.Target.Revision;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.Template;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** A namespace in memory. What happens in it was written down before: a step each time that somebody waits, and ten seconds. */
final class DeskModel implements ReleaseDesk, ReleaseCluster {

    static final Instant BEGIN = Instant.parse("2026-11-23T07:00:00Z");
    static final WorkloadName ORDERS = new WorkloadName(WorkloadName.Kind.DEPLOYMENT, "test", "orders");

    private final Map<WorkloadName, StoredOrder> orders = new LinkedHashMap<>();
    private final Map<WorkloadName, WorkloadView> workloads = new LinkedHashMap<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private Optional<String> engine = Optional.of("engine-0");
    private Instant now = BEGIN;
    private int stale;
    private int driven;
    private int replicas = 4;

    /** The clock stands still but for what is waited. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    static Revision revision(String version, int replicas) {
        return new Revision(
                new Manifest("Deployment", "orders", "{}"),
                "registry/orders:" + version,
                Optional.of("config-" + version),
                replicas,
                0);
    }

    DeskModel withoutEngine() {
        engine = Optional.empty();
        return this;
    }

    DeskModel staleWrites(int times) {
        stale = times;
        return this;
    }

    DeskModel replicas(int number) {
        replicas = number;
        return this;
    }

    DeskModel refusing(Violation... reasons) {
        violations.addAll(List.of(reasons));
        return this;
    }

    DeskModel then(Runnable step) {
        steps.add(step);
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    int driven() {
        return driven;
    }

    Directive directive() {
        return Objects.requireNonNull(orders.get(ORDERS)).directive();
    }

    /** The release is at a batch, with so many new pods ready and as many others that are not, for a reason. */
    void at(int batch, int allowed, int ready, Optional<String> trouble, Optional<String> hold, Direction direction) {
        String id = Objects.requireNonNull(orders.get(ORDERS)).order().id();
        List<PodView> pods = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            boolean fresh = i < allowed;
            pods.add(new PodView(
                    "orders-" + (fresh ? "new-" : "old-") + i,
                    "uid-" + i,
                    fresh,
                    false,
                    i < ready || !fresh ? Optional.of(now) : Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    i < ready || !fresh ? Optional.empty() : trouble));
        }
        Progress progress =
                new Progress(id, direction, batch, allowed, 0, false, replicas, now, 1, 0, hold, Optional.empty());
        workloads.put(ORDERS, view(Optional.of(progress), pods));
    }

    void at(int batch, int allowed, int ready) {
        at(batch, allowed, ready, Optional.empty(), Optional.empty(), Direction.FORWARD);
    }

    void ends(Outcome.Result result, String message) {
        at(2, replicas, replicas);
        WorkloadView last = Objects.requireNonNull(workloads.get(ORDERS));
        workloads.put(ORDERS, view(Optional.empty(), last.pods()));
        orders.computeIfPresent(ORDERS, (name, order) -> order.ended(new Outcome(result, message, now)));
    }

    private WorkloadView view(Optional<Progress> progress, List<PodView> pods) {
        Fields fields = new Fields(0, "0%", "50%", 0, false);
        return new WorkloadView(
                "1", replicas, Template.TARGET, true, 0, fields, progress, Optional.empty(), Optional.empty(), pods);
    }

    @Override
    public String namespace() {
        return "test";
    }

    @Override
    public ReleaseCluster cluster() {
        return this;
    }

    @Override
    public Draft draft(Request request) {
        requests.add(request);
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
        Target target = request instanceof Request.Scale scale
                ? new Target.Scale(scale.replicas())
                : new Target.NewRevision(revision("2", replicas), List.of());
        Flow flow = request instanceof Request.Rollback ? Flow.ROLLBACK : Flow.ONLINE;
        ReleaseOrder order = new ReleaseOrder(
                "orders-1",
                flow,
                request.workload(),
                target,
                Optional.of(revision("1", replicas)),
                request.terms().batches(),
                request.terms().conduct(),
                request.terms().author(),
                now);
        return new Draft(
                order, replicas, List.of("~ Deployment orders: image: registry/orders:1 -> registry/orders:2"));
    }

    @Override
    public Optional<String> engine() {
        return engine;
    }

    @Override
    public Driving drive() {
        driven++;
        return () -> {};
    }

    @Override
    public void awaitChange(Duration most) {
        now = now.plusSeconds(10);
        if (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    @Override
    public List<StoredOrder> orders() {
        return List.copyOf(orders.values());
    }

    @Override
    public Optional<StoredOrder> order(WorkloadName workload) {
        return Optional.ofNullable(orders.get(workload));
    }

    @Override
    public Optional<StoredOrder> accept(ReleaseOrder order) {
        if (order(order.workload()).filter(other -> other.outcome().isEmpty()).isPresent()) {
            return Optional.empty();
        }
        StoredOrder stored = new StoredOrder(order, Directive.initial(order.author()), Optional.empty(), "1");
        orders.put(order.workload(), stored);
        return Optional.of(stored);
    }

    @Override
    public Written write(StoredOrder changed) {
        if (stale-- > 0) {
            return Written.STALE;
        }
        orders.put(changed.order().workload(), changed);
        return Written.DONE;
    }

    @Override
    public Optional<WorkloadView> workload(ReleaseOrder order) {
        return Optional.ofNullable(workloads.get(order.workload()));
    }

    @Override
    public AutoscalerState autoscaler(WorkloadName workload) {
        return AutoscalerState.NONE;
    }

    @Override
    public boolean prepared(ReleaseOrder order) {
        return true;
    }

    @Override
    public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
        throw new UnsupportedOperationException("no engine here");
    }

    @Override
    public AutoCloseable onChange(Consumer<WorkloadName> listener) {
        return () -> {};
    }

    @Override
    public void close() {}
}
