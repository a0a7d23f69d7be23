package io.landfall.shutdown.dubbo;

import static io.landfall.shutdown.dubbo.DubboWorld.UNTIL_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.curator.test.TestingServer;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DubboDrainTest {

    private static final DrainPolicy BRISK =
            DrainPolicy.STANDARD.withDeadline(Duration.ofSeconds(10)).withQuietPeriod(Duration.ofMillis(500));

    private DubboWorld world;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
    }

    @AfterEach
    void stopWorld() throws Exception {
        callers.shutdownNow();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldFinishRunningCallsBeforeItIsQuiet(String protocol) throws Exception {
        DubboWorld.Provider provider = world.provide(protocol, BRISK);
        Sleeper sleeper = world.consume(protocol);
        List<CompletableFuture<String>> calls = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> sleeper.sleep("call" + i, UNTIL_RELEASED), callers))
                .toList();
        await().until(() -> provider.inFlight() == 5);

        CompletableFuture<DrainReport> drained = provider.drain().begin("test");
        await().until(() -> provider.drain().phase() == DrainPhase.WITHDRAWN);
        world.release();
        DrainReport report = drained.join();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).startsWith("hello call"));
        assertThat(report.cut()).isEmpty();
        assertThat(report.served()).isEqualTo(5);
        assertThat(provider.drain().phase()).isEqualTo(DrainPhase.CLOSED);
        assertThat(report.steps()).allMatch(step -> step.outcome() == DrainReport.Outcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldWaitForAsynchronousResults(String protocol) {
        DubboWorld.Provider provider = world.provide(protocol, BRISK);
        Sleeper sleeper = world.consume(protocol);
        CompletableFuture<String> call = sleeper.sleepAside("async", 1_500);
        await().until(() -> provider.inFlight() == 1);

        DrainReport report = provider.drain().run("test");

        assertThat(call.join()).isEqualTo("hello async");
        assertThat(report.forced()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldLeaveTheRegistryWhileCallsStillRun(String protocol) throws Exception {
        DubboWorld.Provider provider = world.provide(protocol, BRISK);
        Sleeper sleeper = world.consume(protocol);
        assertThat(world.listed()).hasSize(1);
        CompletableFuture<String> call =
                CompletableFuture.supplyAsync(() -> sleeper.sleep("long", UNTIL_RELEASED), callers);
        await().until(() -> provider.inFlight() == 1);

        CompletableFuture<DrainReport> drained = provider.drain().begin("test");

        await().until(() -> provider.drain().phase() == DrainPhase.WITHDRAWN);
        assertThat(world.listed()).isEmpty();
        assertThat(call).isNotDone();
        assertThat(provider.drain().readiness().ready()).isFalse();
        world.release();
        assertThat(drained.join().forced()).isFalse();
        assertThat(call.join()).isEqualTo("hello long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldNameTheCallThatTheDeadlineCuts(String protocol) {
        DubboWorld.Provider provider = world.provide(protocol, BRISK.withDeadline(Duration.ofSeconds(1)));
        Sleeper sleeper = world.consume(protocol);
        CompletableFuture<String> call =
                CompletableFuture.supplyAsync(() -> sleeper.sleep("endless", UNTIL_RELEASED), callers);
        await().until(() -> provider.inFlight() == 1);

        DrainReport report = provider.drain().run("test");

        assertThat(report.forced()).isTrue();
        assertThat(report.cut()).singleElement().satisfies(cut -> {
            assertThat(cut.kind()).isEqualTo("dubbo");
            assertThat(cut.name()).isEqualTo("Sleeper.sleep");
            assertThat(cut.age()).isPositive();
        });
        // The call would go on until its consumer gives up, after fifteen seconds.
        assertThat(report.total()).isLessThan(Duration.ofSeconds(10));
        assertThat(call).isNotCompletedExceptionally();
    }

    @Test
    void shouldDrainThoughTheRegistryHangs() throws Exception {
        try (Relay relay = new Relay(world.registryPort())) {
            DubboWorld.Provider provider = world.provideThrough(relay, BRISK.withStepLimit(Duration.ofSeconds(1)));
            Sleeper sleeper = world.consume("dubbo");
            CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> sleeper.sleep("long", 3_000), callers);
            await().until(() -> provider.inFlight() == 1);
            relay.freeze();

            DrainReport report = provider.drain().run("test");

            assertThat(call.join()).isEqualTo("hello long");
            assertThat(report.forced()).isFalse();
            assertThat(report.steps())
                    .filteredOn(step -> step.outcome() == DrainReport.Outcome.ABANDONED)
                    .extracting(DrainReport.StepResult::name)
                    .containsExactly("leave registries");
            relay.thaw();
        }
    }

    /** Who moves has two. */
    @Test
    void shouldLeaveARegistryThoughAnotherOneHangs() throws Exception {
        try (TestingServer other = new TestingServer(FreePort.next(), true);
                Relay relay = new Relay(other.getPort())) {
            DubboWorld.Provider provider = world.provideAlsoThrough(relay, BRISK.withStepLimit(Duration.ofSeconds(3)));
            assertThat(world.listed()).hasSize(1);
            relay.freeze();

            DrainReport report = provider.drain().run("test");

            assertThat(world.listed()).isEmpty();
            assertThat(report.steps())
                    .filteredOn(step -> step.name().equals("leave registries"))
                    .extracting(DrainReport.StepResult::outcome)
                    .containsExactly(DrainReport.Outcome.ABANDONED);
            relay.thaw();
        }
    }

    /** As a preStop hook of a main that has nothing but Dubbo. */
    @Test
    void shouldAnswerWhoAsksForTheDrainThatDestroysDubbo() throws Exception {
        int port = FreePort.next();
        System.setProperty("landfall.probe.port", String.valueOf(port));
        System.setProperty("landfall.drain.quiet-period", "100ms");
        try {
            Drain drain = DubboDrain.of(new FrameworkModel()).drain();

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/drain"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("Drained in ");
            assertThat(drain.phase()).isEqualTo(DrainPhase.CLOSED);
        } finally {
            System.clearProperty("landfall.probe.port");
            System.clearProperty("landfall.drain.quiet-period");
        }
    }

    /** Measured in a release: closed over and over as an idle dubbo connection, a triple connection broke under its calls. */
    @Test
    void shouldLeaveTripleConnectionsToTripleItself() {
        DubboWorld.Provider provider = world.provide("tri", BRISK);
        Sleeper sleeper = world.consume("tri");
        sleeper.sleep("one", 1);

        assertThat(new TripleConnections(provider.framework()).open()).isNotEmpty();
        assertThat(DubboDrain.of(provider.framework()).connections().open(true)).isEmpty();
    }

    /** Measured on a cluster: connections that carried calls never counted as idle, and drains ran into their deadline. */
    @Test
    void shouldKnowThatNothingRunsOnAConnectionWhoseCallsAreAnswered() {
        DubboWorld.Provider provider = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consume("dubbo");
        CompletableFuture<String> running = sleeper.sleepAside("running", UNTIL_RELEASED);
        IntStream.range(0, 20).forEach(i -> sleeper.sleep("call" + i, 1));
        Connections connections = DubboDrain.of(provider.framework()).connections();

        assertThat(connections.open(true)).singleElement().satisfies(one -> assertThat(one.toString())
                .endsWith("(1 running)"));
        world.release();
        assertThat(running.join()).isEqualTo("hello running");
        assertThat(connections.open(true)).singleElement().satisfies(one -> assertThat(one.busy())
                .isFalse());
    }

    @Test
    void shouldMoveConsumersToAnotherProviderWithoutLosingACall() {
        DubboWorld.Provider leaving = world.provide("dubbo", BRISK);
        Sleeper sleeper = world.consume("dubbo");
        DubboWorld.Provider staying = world.provide("dubbo", BRISK);
        await().until(() -> {
            sleeper.sleep("warm", 1);
            return staying.drain().inFlight(DubboDrain.KIND).arrivals() > 0;
        });
        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");

        while (!drained.isDone()) {
            assertThat(sleeper.sleep("steady", 5)).isEqualTo("hello steady");
        }

        assertThat(drained.join().forced()).isFalse();
    }

    @Test
    void shouldSwitchOffDubbosOwnShutdownHook() {
        world.provide("dubbo", BRISK);

        assertThat(System.getProperty(CommonConstants.IGNORE_LISTEN_SHUTDOWN_HOOK))
                .isEqualTo("true");
    }
}
