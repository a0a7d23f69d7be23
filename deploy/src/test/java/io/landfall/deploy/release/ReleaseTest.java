package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Releases of Deployments from the first write to the last, and what people say meanwhile. */
class ReleaseTest {

    @Test
    void shouldReplaceTwoAtATime() {
        World world = World.deployment(4);
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.outcome().result()).isEqualTo(Result.DONE);
        world.shouldBeClean("v2", 4);
        assertThat(world.cluster.writes)
                .containsExactly(
                        "admits batch 1: 2 of 4 pods",
                        "admits batch 2: 4 of 4 pods",
                        "leaves the workload: DONE, 4 pods have registry/orders:v2",
                        "has ended: DONE, 4 pods have registry/orders:v2");
    }

    @Test
    void shouldBringABatchOnTopFirst() {
        World world = World.deployment(4);
        world.strategy = Strategy.SURGE;
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");

        world.shouldBeClean("v2", 4);
        assertThat(world.cluster.writes)
                .startsWith(
                        "admits batch 1: 2 of 4 pods, 2 on top",
                        "admits batch 1: 2 of 4 pods",
                        "admits batch 2: 4 of 4 pods, 2 on top",
                        "admits batch 2: 4 of 4 pods");
    }

    @Test
    void shouldWaitForAPersonBetweenBatches() {
        World world = World.deployment(4);
        world.advance = Advance.MANUAL;
        world.release("v2");

        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");
        assertThat(world.deployment().living("v2")).isEqualTo(2);

        world.cluster.say(world.name, directive -> directive.admit(2, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 4);
    }

    @Test
    void shouldSoakFromTheLastPodOn() {
        World world = World.deployment(4);
        world.soak = Duration.ofMinutes(3);
        world.release("v2");
        var begun = world.now();

        assertThat(world.run()).isEqualTo("ended");

        // Pods are ready at once in this model, and have to be for five seconds; the last batch does not soak.
        assertThat(Duration.between(begun, world.now())).isEqualTo(Duration.ofSeconds(180 + 5 + 5));
    }

    @Test
    void shouldPauseAndGoOn() {
        World world = World.deployment(6);
        world.batches = "3";
        world.release("v2");
        world.cluster.say(world.name, directive -> directive.say(Wish.RUN, "ben"));
        world.look().at(world.name, 1, Optional.empty());
        world.cluster.say(world.name, directive -> directive.say(Wish.PAUSE, "ben"));

        assertThat(world.run()).isEqualTo("batch 1 is ready; paused");
        assertThat(world.deployment().living("v2")).isEqualTo(2);

        world.cluster.say(world.name, directive -> directive.say(Wish.RUN, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 6);
    }

    @Test
    void shouldGoBackFromAPause() {
        World world = paused(6);

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(world.outcome().message()).isEqualTo("ben wanted it back");
        world.shouldBeClean("v1", 6);
        assertThat(world.deployment().events).filteredOn("created v1"::equals).hasSize(6 + 2);
    }

    private static World paused(int replicas) {
        World world = World.deployment(replicas);
        world.batches = "3";
        world.advance = Advance.MANUAL;
        world.release("v2");
        world.run();
        return world;
    }

    @Test
    void shouldGoBackAtOnce() {
        World world = paused(6);

        world.cluster.say(world.name, directive -> directive.back(true, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        world.shouldBeClean("v1", 6);
    }

    @Test
    void shouldEndHalfWayAndBeTakenUpByTheNextOrder() {
        World world = paused(6);

        world.cluster.say(world.name, directive -> directive.say(Wish.STAY, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.outcome().result()).isEqualTo(Result.STAYED);
        assertThat(world.deployment().fields.paused()).isTrue();
        assertThat(world.deployment().progress).isEmpty();
        assertThat(world.deployment().living("v2")).isEqualTo(2);
        assertThat(world.deployment().living("v1")).isEqualTo(4);

        world.advance = Advance.AUTOMATIC;
        world.release("v1");
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 6);
    }

    @Test
    void shouldHoldABatchThatIsNotReadyInTime() {
        World world = World.deployment(4);
        world.deployment().broken.add("v2");
        world.release("v2");

        assertThat(world.run()).isEqualTo("batch 1 was not ready in 300 s: 0 of 2 pods are ready; orders-5: not ready");
        assertThat(world.deployment().living("v1")).isEqualTo(2);

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 4);
    }

    @Test
    void shouldGoOnWhenThePersonSaysSoAfterAFailure() {
        World world = World.deployment(4);
        world.deployment().broken.add("v2");
        world.release("v2");
        world.run();

        world.deployment().broken.clear();
        assertThat(world.run()).startsWith("batch 1 was not ready");
        world.cluster.say(world.name, directive -> directive.say(Wish.RUN, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 4);
    }

    @Test
    void shouldGoBackByItselfAndSayWhy() {
        World world = World.deployment(4);
        world.onFailure = OnFailure.ROLL_BACK;
        world.deployment().broken.add("v2");
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(world.outcome().message()).startsWith("batch 1 was not ready in 300 s");
        world.shouldBeClean("v1", 4);
    }

    @Test
    void shouldReplaceABrokenOldVersion() {
        World world = World.deployment(4);
        world.deployment().broken.add("v1");
        world.deployment().pods.forEach(pod -> pod.readySince = Optional.empty());
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 4);
    }

    @Test
    void shouldFailABatchWhoseContainersStartAgain() {
        World world = paused(4);
        world.gates = List.of(new Gate.Restarts(0));
        world.cluster.say(world.name, directive -> directive.back(true, "ben"));
        world.run();
        world.release("v3");
        world.look().at(world.name, 1, Optional.empty());
        world.cluster.settle();
        world.deployment().pods.stream()
                .filter(pod -> pod.template.equals("v3"))
                .forEach(pod -> {
                    pod.restarts = 2;
                    pod.restartedAt = Optional.of(world.now());
                });

        assertThat(world.run()).startsWith("containers of new pods started again 2 times, 0 are allowed");

        world.cluster.pass(Duration.ofSeconds(5));
        world.cluster.say(world.name, directive -> directive.say(Wish.RUN, "ben"));
        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");
        world.cluster.say(world.name, directive -> directive.admit(3, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v3", 4);
    }

    @Test
    void shouldNotBlameAScaleForRestartsOfThePodsThatAreThere() {
        World world = World.deployment(4);
        world.gates = List.of(new Gate.Restarts(0));
        world.deployment().pods.forEach(pod -> {
            pod.restarts = 1;
            pod.restartedAt = Optional.of(world.now().minus(Duration.ofDays(20)));
        });
        world.scale(6);

        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.deployment().living("v1")).isEqualTo(6);
    }

    @Test
    void shouldNotFailABatchThatWasReadyWhenANodeGoesWhileItWaits() {
        World world = World.deployment(4);
        world.advance = Advance.MANUAL;
        world.release("v2");
        world.run();
        world.cluster.pass(Duration.ofHours(1));
        PodModel drained = world.deployment().pods.stream()
                .filter(pod -> pod.template.equals("v2"))
                .findFirst()
                .orElseThrow();
        drained.readySince = Optional.empty();
        drained.unreadySince = Optional.of(world.now());

        Look look = world.look();
        look.at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold()).isEmpty();

        // Again ready, and not for long enough.
        drained.unreadySince = Optional.empty();
        drained.readySince = Optional.of(world.now());
        look.at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold()).isEmpty();

        world.deployment().pods.remove(drained);
        look.at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold()).isEmpty();

        world.deployment().pods.add(drained);
        drained.readySince = Optional.empty();
        drained.unreadySince = Optional.of(world.now());
        world.cluster.pass(Duration.ofMinutes(6));
        look.at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold())
                .hasValueSatisfying(why -> assertThat(why).startsWith("batch 1 was not ready in 300 s"));
    }

    @Test
    void shouldFailABatchWhosePodsNeverComeAlsoWhereAPersonIsWaitedFor() {
        World world = World.deployment(4);
        world.advance = Advance.MANUAL;
        world.release("v2");
        Look look = world.look();
        look.at(world.name, 1, Optional.empty());
        world.cluster.settle();
        world.deployment().pods.removeIf(pod -> pod.template.equals("v2"));
        world.cluster.pass(Duration.ofMinutes(5));

        look.at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold())
                .hasValueSatisfying(why -> assertThat(why).startsWith("batch 1 was not ready in 300 s"));
    }

    @Test
    void shouldFailABatchThatFlapsPastItsDeadlineWhereNobodyIsWaitedFor() {
        World world = World.deployment(4);
        world.soak = Duration.ofMinutes(1);
        world.release("v2");
        world.look().at(world.name, 1, Optional.empty());
        world.cluster.settle();
        world.cluster.pass(Duration.ofMinutes(7));
        PodModel flaps = world.deployment().pods.stream()
                .filter(pod -> pod.template.equals("v2"))
                .findFirst()
                .orElseThrow();
        flaps.readySince = Optional.empty();
        flaps.unreadySince = Optional.of(world.now());

        world.look().at(world.name, 1, Optional.empty());
        assertThat(world.workload().progress.orElseThrow().hold())
                .hasValueSatisfying(why -> assertThat(why).startsWith("batch 1 was not ready in 300 s"));
    }

    @Test
    void shouldMakeAWorkloadThatIsNotThere() {
        World world = new World(WorkloadName.Kind.DEPLOYMENT);
        world.accept(
                Flow.FULL,
                new Target.NewRevision(world.revision("v1"), List.of(new Manifest("Service", "orders", "{}"))));

        assertThat(world.run()).isEqualTo("ended");

        world.shouldBeClean("v1", 3);
        assertThat(world.cluster.writes).first().isEqualTo("applies what comes before: [Service orders]");
    }

    @Test
    void shouldHaveNothingToGoBackToOnTheFirstRelease() {
        World world = new World(WorkloadName.Kind.DEPLOYMENT);
        world.onFailure = OnFailure.ROLL_BACK;
        world.accept(Flow.FULL, new Target.NewRevision(world.revision("v1"), List.of()));
        world.look().at(world.name, 1, Optional.empty());
        world.workload().broken.add("v1");

        assertThat(world.run()).startsWith("batch 1 was not ready in 300 s");
        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).startsWith("there is nothing to go back to");
        world.cluster.say(world.name, directive -> directive.say(Wish.STAY, "ben"));
        assertThat(world.run()).isEqualTo("ended");
    }

    @Test
    void shouldReplaceASinglePodAndNoneAtAll() {
        World one = World.deployment(1);
        one.release("v2");
        assertThat(one.run()).isEqualTo("ended");
        one.shouldBeClean("v2", 1);

        World none = World.deployment(0);
        none.release("v2");
        assertThat(none.run()).isEqualTo("ended");
        none.shouldBeClean("v2", 0);
        assertThat(none.cluster.writes).hasSize(2);
    }

    @Test
    void shouldGoOnWithTheShareWhenSomebodyScales() {
        World world = paused(4);
        world.cluster.meddle(world.name, "kubectl", workload -> workload.replicas = 8);

        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");
        world.cluster.say(world.name, directive -> directive.admit(9, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 8);
    }

    @Test
    void shouldScaleInBatches() {
        World world = World.deployment(4);
        world.scale(9);
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 9);
        assertThat(world.cluster.writes).startsWith("admits batch 1: 6 of 6 pods", "admits batch 2: 9 of 9 pods");

        world.scale(0);
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 0);
    }

    @Test
    void shouldScaleBack() {
        World world = World.deployment(4);
        world.advance = Advance.MANUAL;
        world.scale(8);
        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        world.shouldBeClean("v1", 4);
    }

    @Test
    void shouldHoldTheAutoscalerAndGiveItBack() {
        World world = World.deployment(4);
        world.cluster.autoscalers.put(world.name, AutoscalerState.FREE);
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.cluster.autoscaler(world.name)).isEqualTo(AutoscalerState.FREE);
        assertThat(world.cluster.writes).startsWith("holds the autoscaler").contains("gives the autoscaler back");
    }

    @Test
    void shouldNotScaleWhatAnAutoscalerDoes() {
        World world = World.deployment(4);
        world.cluster.autoscalers.put(world.name, AutoscalerState.FREE);
        world.scale(8);

        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.outcome().result()).isEqualTo(Result.REFUSED);
        world.shouldBeClean("v1", 4);
    }

    @Test
    void shouldNotBeginWhereSomebodyElseHasReleased() {
        World world = World.deployment(4);
        world.release("v2");
        world.cluster.meddle(world.name, "kubectl-edit changed the template", workload -> workload.template = "v9");

        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.outcome().result()).isEqualTo(Result.REFUSED);
        assertThat(world.outcome().message()).isEqualTo("not begun: kubectl-edit changed the template");
        assertThat(world.workload().template).isEqualTo("v9");
        assertThat(world.workload().last).isEmpty();
    }

    @Test
    void shouldChangeNothingWhenItIsEndedBeforeItBegan() {
        World world = World.deployment(4);
        world.release("v2");
        world.cluster.say(world.name, directive -> directive.back(false, "ben"));

        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 4);
        assertThat(world.cluster.writes).hasSize(1);
    }

    @Test
    void shouldRefuseToReleaseWhatSomebodyDeleted() {
        World world = paused(4);
        world.cluster.workloads.clear();

        assertThat(world.run()).isEqualTo("ended");
        assertThat(world.outcome().result()).isEqualTo(Result.REFUSED);
    }
}
