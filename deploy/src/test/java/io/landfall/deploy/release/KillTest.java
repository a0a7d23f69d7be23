package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An engine is killed before and after each of its writes. Another one finishes, and nobody can tell the difference from the pods. */
class KillTest {

    /** An engine's hand on the cluster, that is cut off at one write. */
    private static final class Cut implements ReleaseCluster {

        private static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        private final ClusterModel cluster;
        private final int at;
        private final boolean written;
        private int writes;

        Cut(ClusterModel cluster, int at, boolean written) {
            this.cluster = cluster;
            this.at = at;
            this.written = written;
        }

        @Override
        public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
            writes++;
            if (writes < at) {
                return cluster.carryOut(order, seen, decision);
            }
            if (written) {
                cluster.carryOut(order, seen, decision);
            }
            throw new Killed();
        }

        @Override
        public List<StoredOrder> orders() {
            return cluster.orders();
        }

        @Override
        public Optional<StoredOrder> order(WorkloadName workload) {
            return cluster.order(workload);
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
            return cluster.workload(order);
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
        public AutoCloseable onChange(java.util.function.Consumer<WorkloadName> listener) {
            return cluster.onChange(listener);
        }
    }

    private record Story(String name, Supplier<World> begun) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Story> stories() {
        return Stream.of(
                new Story("a release", () -> released(World.deployment(6))),
                new Story("a release with an autoscaler and what comes before", KillTest::withEverything),
                new Story("a release that surges", () -> surging(World.deployment(6))),
                new Story("a rollback from the middle of a batch", () -> back(World.deployment(6), false)),
                new Story("a rollback at once", () -> back(World.deployment(6), true)),
                new Story("a rollback that surges", () -> back(surges(World.deployment(6)), false)),
                new Story("a rollback by itself from a version that crashes", () -> crashing(World.deployment(6))),
                new Story("an end half way", () -> stayed(World.deployment(6))),
                new Story("a scale up", () -> scaled(3, 9)),
                new Story("a scale down", () -> scaled(9, 2)),
                new Story("a first release", KillTest::first),
                new Story("a release of a StatefulSet", () -> released(World.statefulSet(6))),
                new Story("a rollback of a StatefulSet", () -> back(World.statefulSet(6), false)),
                new Story("a rollback of a StatefulSet that crashes", () -> crashing(World.statefulSet(6))),
                new Story("a release over a broken StatefulSet", KillTest::overBroken));
    }

    private static World released(World world) {
        world.batches = "1,2,rest";
        world.release("v2");
        return world;
    }

    private static World surges(World world) {
        world.strategy = Strategy.SURGE;
        return world;
    }

    private static World surging(World world) {
        return released(surges(world));
    }

    private static World withEverything() {
        World world = World.deployment(6);
        world.cluster.autoscalers.put(world.name, AutoscalerState.FREE);
        world.batches = "3";
        List<Manifest> first = List.of(new Manifest("ConfigMap", "orders-7", "{}"));
        world.accept(Flow.FULL, new Target.NewRevision(world.revision("v2"), first));
        return world;
    }

    private static World back(World world, boolean atOnce) {
        world.batches = "3";
        world.advance = Advance.MANUAL;
        world.release("v2");
        world.cluster.say(world.name, directive -> directive.admit(2, "ben"));
        world.run();
        world.cluster.say(world.name, directive -> directive.back(atOnce, "ben"));
        return world;
    }

    private static World crashing(World world) {
        world.onFailure = OnFailure.ROLL_BACK;
        world.workload().broken.add("v2");
        return released(world);
    }

    private static World stayed(World world) {
        world.advance = Advance.MANUAL;
        released(world);
        world.run();
        world.cluster.say(world.name, directive -> directive.say(Wish.STAY, "ben"));
        return world;
    }

    private static World scaled(int from, int to) {
        World world = World.deployment(from);
        world.batches = "3";
        world.scale(to);
        return world;
    }

    private static World first() {
        World world = new World(WorkloadName.Kind.DEPLOYMENT);
        world.accept(Flow.FULL, new Target.NewRevision(world.revision("v1"), List.of()));
        return world;
    }

    private static World overBroken() {
        World world = World.statefulSet(4);
        world.workload().broken.add("v1");
        world.workload().pods.forEach(pod -> pod.readySince = Optional.empty());
        return released(world);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldFinishWhatAnotherEngineBegan(Story story) {
        World undisturbed = story.begun().get();
        int before = undisturbed.cluster.writes.size();
        assertThat(undisturbed.run()).isEqualTo("ended");
        int writes = undisturbed.cluster.writes.size() - before;
        assertThat(writes).isGreaterThan(1);

        for (int at = 1; at <= writes; at++) {
            for (boolean written : List.of(false, true)) {
                World world = story.begun().get();
                killed(world, at, written);
                assertThat(world.run(world.look(), 2))
                        .as("cut %s write %d", written ? "after" : "before", at)
                        .isEqualTo("ended");
                shouldBeAlike(world, undisturbed);
            }
        }
    }

    private static void killed(World world, int at, boolean written) {
        try {
            world.run(world.look(new Cut(world.cluster, at, written)), 1);
        } catch (Cut.Killed killed) {
            return;
        }
        throw new AssertionError("it was not killed at write " + at);
    }

    private static void shouldBeAlike(World world, World undisturbed) {
        assertThat(world.workload().events).isEqualTo(undisturbed.workload().events);
        assertThat(world.workload().template).isEqualTo(undisturbed.workload().template);
        assertThat(world.workload().replicas).isEqualTo(undisturbed.workload().replicas);
        assertThat(world.workload().fields).isEqualTo(undisturbed.workload().fields);
        assertThat(world.workload().progress).isEmpty();
        assertThat(world.outcome().result()).isEqualTo(undisturbed.outcome().result());
        assertThat(world.outcome().message()).isEqualTo(undisturbed.outcome().message());
        assertThat(world.cluster.autoscaler(world.name)).isEqualTo(undisturbed.cluster.autoscaler(world.name));
        assertThat(new ArrayList<>(world.cluster.writes)).isEqualTo(undisturbed.cluster.writes);
    }
}
