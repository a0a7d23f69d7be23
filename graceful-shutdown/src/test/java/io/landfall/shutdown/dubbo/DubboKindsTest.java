package io.landfall.shutdown.dubbo;

import static io.landfall.shutdown.dubbo.DubboWorld.UNTIL_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.rpc.service.GenericService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of calls and of registration that Dubbo has beside the ordinary ones. */
class DubboKindsTest {

    private static final DrainPolicy BRISK =
            DrainPolicy.STANDARD.withDeadline(Duration.ofSeconds(10)).withQuietPeriod(Duration.ofMillis(300));

    private DubboWorld world;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
    }

    @AfterEach
    void stopWorld() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"dubbo, instance", "tri, instance", "dubbo, all", "tri, all"})
    void shouldLeaveTheRegistryAtEveryLevelWhileACallRuns(String protocol, String registerMode) throws Exception {
        Drain drain = new Drain(BRISK);
        DubboWorld.Provider provider = world.provide(protocol, drain, registerMode);
        drain.readiness().accept();
        Sleeper sleeper = world.consumeByApplication(protocol);
        assertThat(world.instances()).hasSize(1);
        assertThat(world.listed()).hasSize(registerMode.equals("all") ? 1 : 0);
        CompletableFuture<String> call = sleeper.sleepAside("long", UNTIL_RELEASED);
        await().until(() -> provider.inFlight() == 1);

        CompletableFuture<DrainReport> drained = drain.begin("test");

        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        assertThat(world.instances()).isEmpty();
        assertThat(world.listed()).isEmpty();
        assertThat(call).isNotDone();
        world.release();
        assertThat(call.join()).isEqualTo("hello long");
        assertThat(drained.join().forced()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldFinishGenericCalls(String protocol) {
        DubboWorld.Provider provider = world.provide(protocol, BRISK);
        GenericService generic = world.consumeGenerically(protocol);
        CompletableFuture<Object> call = generic.$invokeAsync(
                "sleep", new String[] {"java.lang.String", "long"}, new Object[] {"generic", 1_500L});
        await().until(() -> provider.inFlight() == 1);

        DrainReport report = provider.drain().run("test");

        assertThat(call.join()).isEqualTo("hello generic");
        assertThat(report.cut()).isEmpty();
        assertThat(report.forced()).isFalse();
    }

    @Test
    void shouldLetAServersStreamGoOnToItsEnd() {
        DubboWorld.Provider provider = world.provide("tri", BRISK);
        Heard heard = new Heard();
        world.consume(Streamer.class, "tri").ticks("one", heard);
        await().until(() -> heard.words.size() == 1);

        DrainReport report = provider.drain().run("test");

        assertThat(heard.ended.join()).isEqualTo("completed");
        assertThat(heard.words).containsExactly("tick one", "last tick one");
        assertThat(report.forced()).isFalse();
    }

    @Test
    void shouldLetAStreamOfBothSidesGoOnUntilTheCallerEndsIt() {
        DubboWorld.Provider provider = world.provide("tri", BRISK);
        Heard heard = new Heard();
        StreamObserver<String> words = world.consume(Streamer.class, "tri").echo(heard);
        words.onNext("before");
        await().until(() -> heard.words.size() == 1);

        CompletableFuture<DrainReport> drained = provider.drain().begin("test");
        await().until(() -> provider.drain().phase() == DrainPhase.WITHDRAWN);
        words.onNext("while it drains");
        await().until(() -> heard.words.size() == 2);
        assertThat(drained).isNotDone();
        words.onCompleted();

        assertThat(heard.ended.join()).isEqualTo("completed");
        assertThat(heard.words).containsExactly("echo before", "echo while it drains");
        assertThat(drained.join().forced()).isFalse();
    }

    @Test
    void shouldNameTheStreamThatTheDeadlineCuts() {
        DubboWorld.Provider provider = world.provide("tri", BRISK.withDeadline(Duration.ofSeconds(2)));
        Heard heard = new Heard();
        StreamObserver<String> words = world.consume(Streamer.class, "tri").echo(heard);
        words.onNext("before");
        await().until(() -> heard.words.size() == 1);

        DrainReport report = provider.drain().run("test");

        assertThat(report.forced()).isTrue();
        assertThat(report.cut()).singleElement().satisfies(cut -> {
            assertThat(cut.kind()).isEqualTo("dubbo stream");
            assertThat(cut.name()).isEqualTo("Streamer.echo");
            assertThat(cut.age()).isGreaterThan(Duration.ofSeconds(1));
        });
    }

    @Test
    void shouldForgetStreamsThatEnd() {
        DubboWorld.Provider provider = world.provide("tri", BRISK);
        Heard completed = new Heard();
        Heard failed = new Heard();
        Streamer streamer = world.consume(Streamer.class, "tri");
        StreamObserver<String> words = streamer.echo(completed);
        StreamObserver<String> others = streamer.echo(failed);
        words.onNext("one");
        others.onNext("two");
        await().until(() -> openStreams(provider) == 2);

        words.onCompleted();
        await().until(() -> openStreams(provider) == 1);
        others.onError(new IllegalStateException("given up"));

        await().until(() -> openStreams(provider) == 0);
    }

    @Test
    void shouldForgetStreamsOfConsumersThatVanish() throws Exception {
        DubboWorld.Provider provider = world.provide("tri", BRISK);
        try (Relay relay = new Relay(provider.port())) {
            Heard heard = new Heard();
            StreamObserver<String> words = world.consumeAt(Streamer.class, "tri://127.0.0.1:" + relay.port())
                    .echo(heard);
            words.onNext("one");
            await().until(() -> openStreams(provider) == 1);
        }

        await().until(() -> openStreams(provider) == 0);
    }

    private static int openStreams(DubboWorld.Provider provider) {
        return provider.drain().inFlight("dubbo stream").count();
    }

    private static final class Heard implements StreamObserver<String> {
        final List<String> words = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> ended =
                new CompletableFuture<String>().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS);

        @Override
        public void onNext(String word) {
            words.add(word);
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            ended.complete("completed");
        }
    }
}
