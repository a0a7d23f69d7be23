package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.Look.Looked;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** One workload, orders for it, and an engine that is stepped by hand. */
final class World {

    static final Fields NATIVE = new Fields(5, "25%", "25%", 0, false);
    static final Fields PARTITION = new Fields(5, "0%", "0%", 0, false);

    final ClusterModel cluster = new ClusterModel();
    final WorkloadName name;
    private int orders;

    String batches = "2";
    Strategy strategy = Strategy.STOP_FIRST;
    Advance advance = Advance.AUTOMATIC;
    OnFailure onFailure = OnFailure.PAUSE;
    List<Gate> gates = List.of();
    Duration soak = Duration.ZERO;

    World(WorkloadName.Kind kind) {
        name = new WorkloadName(kind, "shop", "orders");
    }

    static World deployment(int replicas) {
        return new World(WorkloadName.Kind.DEPLOYMENT).running("v1", replicas);
    }

    static World statefulSet(int replicas) {
        return new World(WorkloadName.Kind.STATEFUL_SET).running("v1", replicas);
    }

    private boolean stateful() {
        return name.kind() == WorkloadName.Kind.STATEFUL_SET;
    }

    Fields nativeFields() {
        return stateful() ? PARTITION : NATIVE;
    }

    private World running(String template, int replicas) {
        cluster.workloads.put(
                name,
                stateful()
                        ? new StatefulSetModel(name, template, replicas, nativeFields())
                        : new DeploymentModel(name, template, replicas, nativeFields()));
        cluster.settle();
        cluster.pass(Duration.ofMinutes(10));
        cluster.settle();
        return this;
    }

    DeploymentModel deployment() {
        return (DeploymentModel) workload();
    }

    WorkloadModel workload() {
        return cluster.there(name);
    }

    Target.Revision revision(String template) {
        return Manifests.revision(
                template, cluster.workloads.containsKey(name) ? workload().replicas : 3, nativeFields());
    }

    /** A release of another template, from the one that is there. */
    StoredOrder release(String template) {
        return accept(Flow.ONLINE, new Target.NewRevision(revision(template), List.of()));
    }

    StoredOrder scale(int replicas) {
        return accept(Flow.ONLINE, new Target.Scale(replicas));
    }

    StoredOrder accept(Flow flow, Target target) {
        orders++;
        ReleaseOrder.Conduct conduct =
                new ReleaseOrder.Conduct(strategy, advance, soak, Duration.ofMinutes(5), onFailure, gates);
        Optional<Target.Revision> previous =
                Optional.ofNullable(cluster.workloads.get(name)).map(workload -> revision(workload.template));
        return cluster.accept(new ReleaseOrder(
                        "orders-" + orders,
                        flow,
                        name,
                        target,
                        previous,
                        Batches.parse(batches),
                        conduct,
                        "anna",
                        cluster.now()))
                .orElseThrow();
    }

    Look look() {
        return look(cluster);
    }

    Look look(ReleaseCluster seen) {
        return new Look(seen, new Gates(List.of()), clock());
    }

    Clock clock() {
        InstantSource time = cluster::now;
        return time.withZone(ZoneOffset.UTC);
    }

    /** Runs until nothing happens any more without a person. */
    String run() {
        return run(look(), 1);
    }

    /** Runs with one engine, and returns why it stopped. */
    String run(Look look, long epoch) {
        for (int turn = 0; turn < 5000; turn++) {
            cluster.settle();
            Optional<Looked> looked = look.at(name, epoch, Optional.empty());
            if (looked.isEmpty()) {
                cluster.settle();
                return "ended";
            }
            if (looked.get().decision() instanceof Decision.Wait wait) {
                if (wait.until().isEmpty()) {
                    return wait.why();
                }
                assertThat(wait.until().get()).as(wait.why()).isAfter(cluster.now());
                cluster.until(wait.until().get());
            }
        }
        throw new AssertionError(
                "no end: " + cluster.writes.subList(cluster.writes.size() - 10, cluster.writes.size()));
    }

    Outcome outcome() {
        return cluster.order(name).orElseThrow().outcome().orElseThrow();
    }

    Instant now() {
        return cluster.now();
    }

    /** What is to be true of a workload outside of releases. */
    void shouldBeClean(String template, int replicas) {
        WorkloadModel workload = workload();
        assertThat(workload.template).isEqualTo(template);
        assertThat(workload.replicas).isEqualTo(replicas);
        assertThat(workload.fields).isEqualTo(nativeFields());
        assertThat(workload.progress).isEmpty();
        assertThat(workload.living(template)).isEqualTo(replicas);
        assertThat(workload.pods).hasSize(replicas);
    }
}
