package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Releases of StatefulSets, by partition. */
class StatefulSetReleaseTest {

    private static World paused(int replicas, String batches) {
        World world = World.statefulSet(replicas);
        world.batches = batches;
        world.advance = Advance.MANUAL;
        world.release("v2");
        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");
        return world;
    }

    @Test
    void shouldReplaceTheHighestFirst() {
        World world = paused(4, "2");

        assertThat(world.workload().fields.partition()).isEqualTo(2);
        assertThat(world.workload().events)
                .filteredOn(event -> event.startsWith("deleted"))
                .containsExactly("deleted orders-3 v1", "deleted orders-2 v1");

        world.cluster.say(world.name, directive -> directive.admit(2, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 4);
    }

    @Test
    void shouldGoBackAndLeaveAloneWhatNeverLeft() {
        World world = paused(5, "1,rest");

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        world.shouldBeClean("v1", 5);
        assertThat(world.outcome().result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(world.workload().events)
                .filteredOn(event -> event.startsWith("deleted"))
                .containsExactly("deleted orders-4 v1", "deleted orders-4 v2");
    }

    @Test
    void shouldGoBackFromAPodThatBlocksTheUpdate() {
        World world = World.statefulSet(4);
        world.workload().broken.add("v2");
        world.release("v2");
        assertThat(world.run()).startsWith("batch 1 was not ready in 300 s");

        world.cluster.say(world.name, directive -> directive.back(false, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        world.shouldBeClean("v1", 4);
        assertThat(world.cluster.writes).contains("deletes orders-3, which holds up the others");
    }

    @Test
    void shouldReplaceABrokenOldVersion() {
        World world = World.statefulSet(4);
        world.workload().broken.add("v1");
        world.workload().pods.forEach(pod -> pod.readySince = Optional.empty());
        world.release("v2");

        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 4);
    }

    @Test
    void shouldWaitForAMemberThatMissesAProbe() {
        World world = starting("1", 4);
        missesAProbe(world, "orders-0");

        assertThat(next(world)).isInstanceOf(Decision.Wait.class);
        world.cluster.pass(Duration.ofSeconds(29));
        assertThat(next(world)).isInstanceOf(Decision.Wait.class);
        assertThat(world.workload().events)
                .filteredOn(event -> event.startsWith("deleted"))
                .containsExactly("deleted orders-3 v1");

        world.cluster.pass(Duration.ofSeconds(1));
        assertThat(next(world)).as("broken by now").isInstanceOf(Decision.DeletePod.class);
    }

    @Test
    void shouldNotReachDownForAMomentsUnreadiness() {
        World world = starting("1,rest", 4);
        world.cluster.pass(Duration.ofSeconds(40));
        missesAProbe(world, "orders-0");

        assertThat(next(world)).isInstanceOfSatisfying(Decision.Wait.class, wait -> assertThat(wait.until())
                .contains(world.now().plusSeconds(30)));
        assertThat(world.workload().fields.partition()).isEqualTo(3);

        world.cluster.pass(Duration.ofSeconds(30));
        next(world);
        assertThat(world.workload().fields.partition()).as("broken by now").isZero();
    }

    /** The first new pod is not ready yet. */
    private static World starting(String batches, int replicas) {
        World world = World.statefulSet(replicas);
        world.batches = batches;
        world.workload().broken.add("v2");
        world.release("v2");
        for (int turn = 0; !(next(world) instanceof Decision.Wait); turn++) {
            assertThat(turn).isLessThan(100);
        }
        return world;
    }

    private static void missesAProbe(World world, String name) {
        world.workload().broken.add("v1");
        PodModel member = world.workload().pods.stream()
                .filter(pod -> pod.name.equals(name))
                .findFirst()
                .orElseThrow();
        member.readySince = Optional.empty();
        member.unreadySince = Optional.of(world.now());
    }

    private static Decision next(World world) {
        world.cluster.settle();
        return world.look().at(world.name, 1, Optional.empty()).orElseThrow().decision();
    }

    @Test
    void shouldStayHalfWay() {
        World world = paused(4, "2");

        world.cluster.say(world.name, directive -> directive.say(Wish.STAY, "ben"));
        assertThat(world.run()).isEqualTo("ended");

        assertThat(world.workload().fields.partition()).isEqualTo(2);
        assertThat(world.workload().living("v2")).isEqualTo(2);

        world.advance = Advance.AUTOMATIC;
        world.release("v1");
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 4);
    }

    @Test
    void shouldTakePodsThatSomebodyAddedForNewOnes() {
        World world = paused(4, "2");
        world.cluster.meddle(world.name, "kubectl", workload -> workload.replicas = 6);

        assertThat(world.run()).isEqualTo("batch 1 is ready; waits for next");
        assertThat(world.workload().living("v2")).isEqualTo(4);

        world.cluster.say(world.name, directive -> directive.admit(9, "ben"));
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v2", 6);
    }

    @Test
    void shouldScaleInBatches() {
        World world = World.statefulSet(2);
        world.scale(6);
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 6);
        world.scale(1);
        assertThat(world.run()).isEqualTo("ended");
        world.shouldBeClean("v1", 1);
    }
}
