package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody changes the workload with kubectl while it is being released. */
class MeddlingTest {

    private record Meddling(String name, Consumer<WorkloadModel> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Meddling> changes() {
        return Stream.of(
                new Meddling("another template", workload -> workload.template = "v9"),
                new Meddling("rollout undo", workload -> workload.template = "v1"),
                new Meddling("maxUnavailable", workload -> fields(workload, "0%", "100%", false)),
                new Meddling("maxSurge", workload -> fields(workload, "25%", "25%", false)),
                new Meddling("rollout pause", workload -> fields(workload, "0%", "34%", true)),
                new Meddling("all as it was", workload -> {
                    workload.template = "v1";
                    workload.fields = World.NATIVE;
                }));
    }

    private static void fields(WorkloadModel workload, String surge, String unavailable, boolean paused) {
        workload.fields = new Fields(workload.fields.minReadySeconds(), surge, unavailable, 0, paused);
    }

    private static World inBatchOne() {
        World world = World.deployment(6);
        world.batches = "3";
        world.advance = Advance.MANUAL;
        world.release("v2");
        world.cluster.say(world.name, directive -> directive.admit(9, "anna"));
        world.look().at(world.name, 1, Optional.empty());
        return world;
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldHoldAndSayWhoChangedWhat(Meddling meddling) {
        World world = inBatchOne();
        world.cluster.meddle(world.name, "kubectl-edit changed " + meddling.name(), meddling.change());
        var template = world.workload().template;
        var fields = world.workload().fields;

        assertThat(world.run()).isEqualTo("changed by somebody else: kubectl-edit changed " + meddling.name());

        assertThat(world.workload().template).isEqualTo(template);
        assertThat(world.workload().fields).isEqualTo(fields);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldAssertItselfWhenAPersonSaysSo(Meddling meddling) {
        World world = inBatchOne();
        world.cluster.meddle(world.name, "kubectl-edit", meddling.change());
        world.run();

        world.cluster.say(world.name, directive -> directive.say(Wish.RUN, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 6);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldGoBackWhateverSomebodyDid(Meddling meddling) {
        World world = inBatchOne();
        world.cluster.meddle(world.name, "kubectl-edit", meddling.change());
        world.run();

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        world.shouldBeClean("v1", 6);
    }

    @Test
    void shouldSeeFromThePodsWhatARemovedAnnotationSaid() {
        for (int steps = 0; steps < 60; steps++) {
            World world = inBatchOne();
            Random random = new Random(steps);
            for (int step = 0; step < steps; step++) {
                world.cluster.step(random);
                world.look().at(world.name, 1, Optional.empty());
            }
            world.cluster.meddle(world.name, "kubectl-annotate", workload -> workload.progress = Optional.empty());

            assertThat(world.run()).isEqualTo("ended");
            world.shouldBeClean("v2", 6);
        }
    }

    @Test
    void shouldGoOnWithTheWayBackAfterItsAnnotationWasRemoved() {
        World world = inBatchOne();
        world.run(world.look(), 1);
        World turned = inBatchOne();
        turned.cluster.settle();
        turned.cluster.say(turned.name, directive -> directive.back(false, "ben"));
        turned.look().at(turned.name, 1, Optional.empty());
        turned.cluster.meddle(turned.name, "kubectl-annotate", workload -> workload.progress = Optional.empty());

        assertThat(turned.run()).isEqualTo("ended");
        assertThat(turned.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        turned.shouldBeClean("v1", 6);
    }

    @Test
    void shouldLeaveALaterEnginesReleaseAlone() {
        World world = inBatchOne();
        world.run(world.look(), 7);
        World other = inBatchOne();
        other.cluster.settle();
        other.cluster.pass(java.time.Duration.ofSeconds(5));
        other.look().at(other.name, 7, Optional.empty());
        int writes = other.cluster.writes.size();

        assertThat(other.run(other.look(), 6)).isEqualTo("an engine that was elected later goes on with it");
        assertThat(other.cluster.writes).hasSize(writes);
        assertThat(other.run(other.look(), 7)).isEqualTo("ended");
        other.shouldBeClean("v2", 6);
    }

    @Test
    void shouldKeepAReasonUntilSomethingIsSaidAfterIt() {
        World world = inBatchOne();
        world.cluster.meddle(world.name, "kubectl", workload -> workload.template = "v9");
        String held = world.run();
        world.cluster.say(world.name, directive -> directive.say(Wish.PAUSE, "ben"));

        assertThat(world.run()).isEqualTo(held);
        assertThat(world.workload().template).isEqualTo("v9");
    }
}
