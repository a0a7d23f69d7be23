package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Relay;
import io.landfall.shutdown.dubbo.Sleeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two pods behind one address, a real ZooKeeper, and a stock consumer. */
@Timeout(120)
class FairConnectionsTest {

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));

    private DubboWorld world;
    private Relay balancer;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
        balancer = new Relay(0);
    }

    @AfterEach
    void stopWorld() throws Exception {
        System.clearProperty("landfall.registry.address");
        System.clearProperty("landfall.pod.name");
        System.clearProperty("landfall.registry.even");
        world.close();
        balancer.close();
    }

    /** What a balancer that chooses at random may do, at its worst. */
    @ParameterizedTest
    @ValueSource(strings = {"provider.landfall.test", "*.pods.landfall.test"})
    void shouldGiveBackWhatAPodHasTooManyOfAndLoseNoCall(String address) throws Exception {
        System.setProperty("landfall.registry.address", address + ":" + balancer.port());
        DubboWorld.Provider crowded = pod("orders-0");
        DubboWorld.Provider empty = pod("orders-1");
        await().until(() -> world.listed().size() == 2);
        balancer.target(crowded.port());
        Sleeper sleeper = world.consume("dubbo");
        assertThat(connections(empty)).isZero();

        balancer.target(empty.port());

        while (connections(crowded) > 1 || connections(empty) < 1) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }
        assertThat(connections(crowded)).isEqualTo(1);
        assertThat(connections(empty)).isEqualTo(1);
    }

    /**
     * Both connections end at the pod that leaves, and none at the other. Its own entry is not withdrawn before consumers have
     * left, or the other would be all that they have.
     */
    @Test
    void shouldLoseNoCallWhenAllConnectionsOfAConsumerHaveToLeaveAtOnce() throws Exception {
        System.setProperty("landfall.registry.even", "false");
        System.setProperty("landfall.registry.address", "provider.landfall.test:" + balancer.port());
        DubboWorld.Provider leaving = pod("orders-0");
        DubboWorld.Provider staying = pod("orders-1");
        await().until(() -> world.listed().size() == 2);
        balancer.target(leaving.port());
        Sleeper sleeper = world.consume("dubbo");
        callOften(sleeper);
        balancer.target(staying.port());

        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");
        while (!drained.isDone()) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }

        assertThat(drained.join().forced()).isFalse();
        assertThat(world.listed()).singleElement().asString().contains("orders-1");
        callOften(sleeper);
    }

    @Test
    void shouldLoseNoCallThoughTheRegistryHangs() throws Exception {
        System.setProperty("landfall.registry.address", "provider.landfall.test:" + balancer.port());
        System.setProperty("landfall.pod.name", "orders-0");
        try (Relay toRegistry = new Relay(world.registryPort())) {
            DubboWorld.Provider pod = world.provideThrough(toRegistry, BRISK.withStepLimit(Duration.ofSeconds(1)));
            await().until(() -> world.listed().size() == 1);
            balancer.target(pod.port());
            Sleeper sleeper = world.consume("dubbo");
            CompletableFuture<String> call = sleeper.sleepAside("long", 3_000);
            await().until(() -> pod.inFlight() == 1);
            toRegistry.freeze();

            DrainReport report = pod.drain().run("test");

            assertThat(call.join()).isEqualTo("hello long");
            assertThat(report.forced()).isFalse();
            assertThat(report.steps())
                    .filteredOn(step -> step.outcome() != DrainReport.Outcome.DONE)
                    .extracting(DrainReport.StepResult::name)
                    .contains("leave registries last");
            toRegistry.thaw();
        }
    }

    private static void callOften(Sleeper sleeper) {
        for (int i = 0; i < 20; i++) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }
    }

    private DubboWorld.Provider pod(String name) {
        System.setProperty("landfall.pod.name", name);
        return world.provide("dubbo", BRISK);
    }

    private static int connections(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).consumerConnections().staying().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
