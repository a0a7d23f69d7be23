package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.dubbo.ConsumerConnections.Holder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RetirementTest {

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));

    private DubboWorld world;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
    }

    @AfterEach
    void stopWorld() throws Exception {
        world.close();
    }

    @Test
    void shouldEndAConnectionOnlyWhenItsCallsAreOver() {
        DubboWorld.Provider provider = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consumeOver(2);
        List<CompletableFuture<String>> calls =
                List.of(sleeper.sleepAside("long", 2_000), sleeper.sleepAside("long", 2_000));
        await().until(() -> staying(provider) == 2);

        connections(provider).retire(holder(provider), 1);

        assertThat(staying(provider)).isEqualTo(1);
        await().until(() -> open(provider) == 1);
        assertThat(calls).as("the one that ran on it is over").anyMatch(CompletableFuture::isDone);
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("hello long"));
        assertThat(provider.drain().phase()).isEqualTo(DrainPhase.SERVING);
    }

    @Test
    void shouldLeaveAHolderOneConnection() {
        DubboWorld.Provider provider = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consumeOver(2);
        callOverBoth(sleeper);
        await().until(() -> staying(provider) == 2);

        connections(provider).retire(holder(provider), 2);

        assertThat(staying(provider)).isEqualTo(1);
        connections(provider).retire(holder(provider), 1);
        assertThat(staying(provider)).isEqualTo(1);
    }

    @Test
    void shouldLeaveConnectionsToADrainThatHasBegun() {
        DubboWorld.Provider provider = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consumeOver(2);
        List<CompletableFuture<String>> calls =
                List.of(sleeper.sleepAside("long", 5_000), sleeper.sleepAside("long", 5_000));
        await().until(() -> staying(provider) == 2);
        Drain drain = provider.drain();
        CompletableFuture<?> drained = drain.begin("test");
        await().until(() -> drain.phase() != DrainPhase.SERVING);

        connections(provider).retire(holder(provider), 1);

        assertThat(staying(provider)).isEqualTo(2);
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("hello long"));
        drained.join();
    }

    private static void callOverBoth(Sleeper sleeper) {
        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
    }

    private static ConsumerConnections connections(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).consumerConnections();
    }

    private static Holder holder(DubboWorld.Provider provider) {
        return connections(provider).staying().keySet().iterator().next();
    }

    private static int staying(DubboWorld.Provider provider) {
        return connections(provider).staying().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static int open(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).connections().open(true).size();
    }
}
