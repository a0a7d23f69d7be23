package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final CompletableFuture<Answer> NEVER = new CompletableFuture<>();

    @Test
    void shouldCountEveryCallByProvider() {
        AtomicInteger turn = new AtomicInteger();
        LoadReport report = run(plan(200, 500), work -> answered(turn.incrementAndGet() % 2 == 0 ? "even" : "odd"));

        assertThat(report.sent()).isEqualTo(100);
        assertThat(report.answered()).isEqualTo(100);
        assertThat(report.lost()).isZero();
        assertThat(answersOf(report, "even")).isEqualTo(50);
        assertThat(answersOf(report, "odd")).isEqualTo(50);
    }

    @Test
    void shouldMeasureFromTheMomentACallWasDue() {
        // A client library that blocks: no call can be started before the stall is over.
        long stallNanos = TimeUnit.MILLISECONDS.toNanos(600);
        AtomicLong stallEnds = new AtomicLong();
        LoadReport report = run(plan(100, 1000), work -> {
            stallEnds.compareAndSet(0, System.nanoTime() + stallNanos);
            sleepUntil(stallEnds.get());
            return answered("stalled");
        });

        // Calls were due evenly over a second, 600 ms of it in the stall: a third of all waited 270 ms or more. A
        // driver
        // that counted from the start of each call would have seen next to nothing.
        assertThat(report.answered()).isEqualTo(100);
        assertThat(report.latency().maxMillis()).isGreaterThan(450);
        assertThat(report.latency().p50Millis()).isGreaterThan(30);
    }

    @Test
    void shouldKeepCallingWhileNothingIsAnswered() {
        AtomicInteger started = new AtomicInteger();
        LoadReport report = run(plan(200, 500), work -> {
            started.incrementAndGet();
            return NEVER;
        });

        assertThat(started).hasValue(100);
        assertThat(report.sent()).isEqualTo(100);
    }

    @Test
    void shouldCountACallThatNeverCompletesAsLost() {
        LoadReport report = run(plan(100, 200), work -> NEVER);

        assertThat(report.lost()).isEqualTo(20);
        assertThat(report.lostByType()).containsOnly(java.util.Map.entry("NeverAnswered", 20L));
    }

    @Test
    void shouldWaitForStragglersOnlySoLong() {
        long before = System.nanoTime();
        run(LoadPlan.steady(100, Duration.ofMillis(100), Duration.ofMillis(300), 100), work -> NEVER);

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(390), Duration.ofSeconds(5));
    }

    @Test
    void shouldCountEveryKindOfFailureOnce() {
        AtomicInteger turn = new AtomicInteger();
        LoadReport report = run(plan(100, 400), work -> switch (turn.incrementAndGet() % 4) {
            case 0 -> throw new IllegalStateException("not even started");
            case 1 -> CompletableFuture.failedFuture(new RuntimeException(new java.io.IOException("reset")));
            case 2 -> CompletableFuture.completedFuture(null);
            default -> answered("one");
        });

        assertThat(report.sent()).isEqualTo(40);
        assertThat(report.answered()).isEqualTo(10);
        assertThat(report.lostByType())
                .containsOnly(
                        java.util.Map.entry("IllegalStateException", 10L),
                        java.util.Map.entry("IOException", 10L),
                        java.util.Map.entry("EmptyAnswer", 10L));
    }

    @Test
    void shouldNotHideCallsBeyondTheBound() {
        LoadReport report = run(LoadPlan.steady(200, Duration.ofMillis(500), Duration.ZERO, 30), work -> NEVER);

        assertThat(report.sent()).isEqualTo(100);
        assertThat(report.lostByType())
                .containsOnly(java.util.Map.entry("NeverAnswered", 30L), java.util.Map.entry("TooManyInFlight", 70L));
    }

    @Test
    void shouldStopEarlyAndStillAccountForAll() throws InterruptedException {
        OpenLoop loop = new OpenLoop("test", plan(100, 60_000), () -> 0, work -> answered("one"), LossNames.ROOT_CAUSE);
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<LoadReport> report = CompletableFuture.supplyAsync(() -> loop.run(p -> told.countDown()));
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();

        loop.stop();

        assertThat(report).succeedsWithin(Duration.ofSeconds(10));
        assertThat(report.join().sent()).isEqualTo(report.join().answered()).isLessThan(6000);
    }

    @Test
    void shouldReportLatencyBeyondTheWorkSeparately() {
        LoadReport report = new OpenLoop(
                        "test",
                        plan(50, 200),
                        () -> 10_000,
                        work -> answered("quicker than asked"),
                        LossNames.ROOT_CAUSE)
                .run(p -> {});

        assertThat(report.overhead().maxMillis()).isZero();
    }

    private static LoadReport run(LoadPlan plan, AsyncCall call) {
        return new OpenLoop("test", plan, () -> 0, call, LossNames.ROOT_CAUSE).run(progress -> {});
    }

    private static LoadPlan plan(int rate, int millis) {
        return LoadPlan.steady(rate, Duration.ofMillis(millis), Duration.ofMillis(500), 1000);
    }

    private static CompletableFuture<Answer> answered(String provider) {
        return CompletableFuture.completedFuture(new Answer(provider));
    }

    private static long answersOf(LoadReport report, String provider) {
        return report.seconds().stream()
                .mapToLong(second -> second.providers().getOrDefault(provider, 0L))
                .sum();
    }

    private static void sleepUntil(long nanos) {
        while (nanos - System.nanoTime() > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }
}
