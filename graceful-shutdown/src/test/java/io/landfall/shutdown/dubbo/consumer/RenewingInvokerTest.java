package io.landfall.shutdown.dubbo.consumer;

import static io.landfall.shutdown.dubbo.DubboWorld.UNTIL_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Relay;
import io.landfall.shutdown.dubbo.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenewingInvokerTest {

    private static final DrainPolicy POLICY =
            DrainPolicy.STANDARD.withDeadline(Duration.ofSeconds(30)).withQuietPeriod(Duration.ofMillis(500));

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private DubboWorld world;
    private DubboWorld.Provider leaving;
    private DubboWorld.Provider staying;
    private Relay relay;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
        leaving = world.provide("tri", POLICY);
        staying = world.provide("tri", POLICY);
        relay = new Relay(leaving.port());
    }

    @AfterEach
    void stopWorld() throws Exception {
        callers.shutdownNow();
        // First: behind an address that refuses, nobody waits.
        relay.close();
        world.close();
    }

    private Sleeper consume(String parameters) {
        return world.consumeByLandfall("tri://127.0.0.1:" + relay.port() + parameters);
    }

    @Test
    void shouldMoveToAnotherProviderBehindTheSameAddressWithoutLosingACall() {
        Sleeper sleeper = consume("");
        assertThat(sleeper.sleep("first", 1)).isEqualTo("hello first");
        relay.target(staying.port());

        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");
        List<CompletableFuture<String>> calls = new ArrayList<>();
        while (!drained.isDone()) {
            calls.add(CompletableFuture.supplyAsync(() -> sleeper.sleep("aside", 30), callers));
            assertThat(sleeper.sleep("steady", 2)).isEqualTo("hello steady");
        }

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("hello aside"));
        assertThat(drained.join().forced()).isFalse();
        assertThat(arrivals(staying)).isPositive();
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void shouldLetCallsThatAreRunningFinishWhereTheyAre() {
        Sleeper sleeper = consume("");
        CompletableFuture<String> longCall =
                CompletableFuture.supplyAsync(() -> sleeper.sleep("long", UNTIL_RELEASED), callers);
        await().until(() -> leaving.inFlight() == 1);
        relay.target(staying.port());

        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");
        await().until(() -> {
            sleeper.sleep("short", 1);
            return arrivals(staying) > 0;
        });

        assertThat(longCall).isNotDone();
        world.release();
        assertThat(longCall.join()).isEqualTo("hello long");
        assertThat(drained.join().cut()).isEmpty();
    }

    /** Measured: a stock consumer cancels what is still running 10 s after it began to leave. */
    @Test
    void shouldNotCancelCallsThatTakeLongerThanDubboWouldWait() {
        DubboWorld.Provider patient = world.provide("tri", DrainPolicy.STANDARD);
        Sleeper sleeper = world.consumeByLandfall("tri://127.0.0.1:" + patient.port());
        CompletableFuture<String> longCall = sleeper.sleepAside("long", 13_000);
        await().until(() -> patient.inFlight() == 1);

        DrainReport report = patient.drain().run("test");

        assertThat(longCall.join()).isEqualTo("hello long");
        assertThat(report.forced()).isFalse();
    }

    /** What a balancer does that has not heard yet. */
    @Test
    void shouldTryAgainWhenItGetsTheSameProvider() {
        Sleeper sleeper = consume("");
        sleeper.sleep("first", 1);
        CompletableFuture<String> holdsUpTheDrain =
                CompletableFuture.supplyAsync(() -> sleeper.sleep("long", UNTIL_RELEASED), callers);
        await().until(() -> leaving.inFlight() == 1);
        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");

        await().until(() -> {
            assertThat(sleeper.sleep("steady", 2)).isEqualTo("hello steady");
            return relay.connections() >= 3;
        });
        relay.target(staying.port());
        await().until(() -> {
            assertThat(sleeper.sleep("steady", 2)).isEqualTo("hello steady");
            return arrivals(staying) > 0;
        });

        world.release();
        assertThat(holdsUpTheDrain.join()).isEqualTo("hello long");
        assertThat(drained.join().forced()).isFalse();
    }

    @Test
    void shouldStayWhereItIsWhenNobodyElseIsThere() {
        Sleeper sleeper = consume("");
        sleeper.sleep("first", 1);
        relay.target(FreePort.next());

        CompletableFuture<String> holdsUpTheDrain =
                CompletableFuture.supplyAsync(() -> sleeper.sleep("long", UNTIL_RELEASED), callers);
        await().until(() -> leaving.inFlight() == 1);

        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");

        await().until(() -> {
            assertThat(sleeper.sleep("steady", 2)).isEqualTo("hello steady");
            return relay.refused() > 0;
        });
        world.release();
        assertThat(holdsUpTheDrain.join()).isEqualTo("hello long");
        assertThat(drained.join().cut()).isEmpty();
    }

    @Test
    void shouldGiveEveryEntryOfAnAddressAConnection() {
        Sleeper first = consume("?landfall.pod=a.0;tri://127.0.0.1:" + relay.port() + "?landfall.pod=b.0");

        await().until(() -> {
            first.sleep("call", 1);
            return relay.connections() == 2;
        });
    }

    @Test
    void shouldLeaveConsumersAsDubboMadeThemWhenSwitchedOff() {
        String address = "tri://127.0.0.1:" + relay.port();
        Sleeper sleeper = world.consumeAt(address + "?landfall.pod=a.0;" + address + "?landfall.pod=b.0");

        for (int i = 0; i < 10; i++) {
            assertThat(sleeper.sleep("call", 1)).isEqualTo("hello call");
        }

        assertThat(relay.connections()).isEqualTo(1);
    }

    private static long arrivals(DubboWorld.Provider provider) {
        return provider.drain().inFlight("dubbo").arrivals();
    }
}
