package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import java.time.Duration;
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
        Sleeper sleeper = world.consume("dubbo");
        CompletableFuture<String> call = sleeper.sleepAside("long", 2_000);
        await().until(() -> provider.inFlight() == 1);
        assertThat(connections(provider).staying()).isEqualTo(1);

        connections(provider).retire(1);

        assertThat(connections(provider).staying()).isZero();
        assertThat(open(provider)).isEqualTo(1);
        assertThat(call.join()).isEqualTo("hello long");
        await().until(() -> open(provider) == 0);
        assertThat(provider.drain().phase()).isEqualTo(DrainPhase.SERVING);
    }

    @Test
    void shouldSendConsumersElsewhereMeanwhile() {
        DubboWorld.Provider crowded = world.provide("dubbo", BRISK);
        DubboWorld.Provider other = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consume("dubbo");
        await().until(() -> open(crowded) == 1 && open(other) == 1);

        connections(crowded).retire(1);

        while (open(crowded) > 0) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }
        assertThat(connections(other).staying()).isEqualTo(1);
        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
    }

    @Test
    void shouldLeaveConnectionsToADrainThatHasBegun() {
        DubboWorld.Provider provider = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consume("dubbo");
        CompletableFuture<String> call = sleeper.sleepAside("long", 1_000);
        await().until(() -> provider.inFlight() == 1);
        Drain drain = provider.drain();
        CompletableFuture<?> drained = drain.begin("test");
        await().until(() -> drain.phase() != DrainPhase.SERVING);

        connections(provider).retire(1);

        assertThat(connections(provider).staying()).isEqualTo(1);
        assertThat(call.join()).isEqualTo("hello long");
        drained.join();
    }

    private static ConsumerConnections connections(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).consumerConnections();
    }

    private static int open(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).connections().open(true).size();
    }
}
