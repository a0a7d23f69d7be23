package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.DrainReport.CutCall;
import io.landfall.shutdown.DrainReport.Outcome;
import io.landfall.shutdown.DrainReport.Reached;
import io.landfall.shutdown.DrainReport.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DrainTest {

    private static final DrainPolicy BRISK = new DrainPolicy(
            Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final DrainPolicy SHORT =
            BRISK.withDeadline(Duration.ofMillis(400)).withStepLimit(Duration.ofMillis(150));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void stopThreads() {
        testIsOver.countDown();
        threads.shutdownNow();
    }

    @Test
    void shouldGoThroughThePhasesInOrder() {
        Drain drain = new Drain(BRISK);
        List<String> course = Collections.synchronizedList(new ArrayList<>());
        for (DrainPhase phase :
                List.of(DrainPhase.CLOSED, DrainPhase.QUIET, DrainPhase.WITHDRAWN, DrainPhase.REFUSING)) {
            drain.add(DrainStep.of("to " + phase, phase, () -> course.add(drain.phase() + " to " + phase)));
        }
        assertThat(drain.phase()).isEqualTo(DrainPhase.SERVING);
        assertThat(drain.report()).isEmpty();

        DrainReport report = drain.run("test");

        assertThat(course)
                .containsExactly(
                        "SERVING to REFUSING", "REFUSING to WITHDRAWN", "WITHDRAWN to QUIET", "QUIET to CLOSED");
        assertThat(phases(report))
                .containsExactly(DrainPhase.REFUSING, DrainPhase.WITHDRAWN, DrainPhase.QUIET, DrainPhase.CLOSED);
        assertThat(report.steps())
                .extracting(StepResult::name)
                .containsExactly("to REFUSING", "to WITHDRAWN", "to QUIET", "to CLOSED");
        assertThat(report.steps()).extracting(StepResult::outcome).containsOnly(Outcome.DONE);
        assertThat(report.cause()).isEqualTo("test");
        assertThat(report.total()).isGreaterThanOrEqualTo(BRISK.quietPeriod());
        assertThat(report.lastArrivalAfterWithdrawal()).isEmpty();
        assertThat(drain.phase()).isEqualTo(DrainPhase.CLOSED);
        assertThat(drain.report()).containsSame(report);
    }

    @Test
    void shouldRefuseBeforeAnythingElse() {
        Drain drain = new Drain(BRISK);
        drain.readiness().accept();
        AtomicReference<Readiness.State> seen = new AtomicReference<>();
        drain.add(DrainStep.of(
                "look", DrainPhase.REFUSING, () -> seen.set(drain.readiness().state())));

        drain.run("test");

        assertThat(seen).hasValue(Readiness.State.REFUSING);
        assertThat(drain.readiness().ready()).isFalse();
    }

    @Test
    void shouldWaitForCallsInFlight() {
        Drain drain = new Drain(BRISK.withQuietPeriod(Duration.ZERO));
        long call = drain.inFlight("dubbo").enter("slow");

        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        await().during(Duration.ofMillis(150)).until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        drain.inFlight("dubbo").exit(call);

        DrainReport report = drained.join();
        assertThat(report.forced()).isFalse();
        assertThat(report.served()).isEqualTo(1);
    }

    @Test
    void shouldWaitForCallsOfAKindThatCameUpWhileDraining() {
        Drain drain = new Drain(BRISK.withQuietPeriod(Duration.ZERO));
        AtomicLong call = new AtomicLong();
        drain.add(DrainStep.of(
                "serve",
                DrainPhase.WITHDRAWN,
                () -> call.set(drain.inFlight("late").enter("first of its kind"))));
        CompletableFuture<DrainReport> drained = drain.begin("test");

        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        await().during(Duration.ofMillis(150)).until(() -> !drained.isDone());
        drain.inFlight("late").exit(call.get());

        assertThat(drained.join().served()).isEqualTo(1);
        assertThat(drained.join().forced()).isFalse();
    }

    @Test
    void shouldCountTheQuietPeriodFromTheLastArrival() {
        FakeNanos clock = new FakeNanos();
        Drain drain = new Drain(BRISK.withQuietPeriod(Duration.ofMillis(300)), clock);
        InFlight calls = drain.inFlight("dubbo");
        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);

        clock.advance(Duration.ofMillis(250));
        calls.exit(calls.enter("late"));
        clock.advance(Duration.ofMillis(250));
        await().during(Duration.ofMillis(150)).until(() -> !drained.isDone());

        await().until(() -> {
            clock.advance(Duration.ofMillis(50));
            return drained.isDone();
        });
        DrainReport report = drained.join();
        assertThat(report.forced()).isFalse();
        assertThat(report.served()).isEqualTo(1);
        assertThat(report.lastArrivalAfterWithdrawal())
                .hasValueSatisfying(last -> assertThat(last).isBetween(Duration.ofMillis(250), Duration.ofMillis(500)));
        assertThat(report.total()).isGreaterThanOrEqualTo(Duration.ofMillis(550));
    }

    @Test
    void shouldBeQuietWhenTheQuietPeriodIsOverAndNotBefore() {
        FakeNanos clock = new FakeNanos();
        Drain drain = new Drain(BRISK.withQuietPeriod(Duration.ofMillis(300)), clock);
        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);

        clock.advance(Duration.ofMillis(299));
        await().during(Duration.ofMillis(150)).until(() -> !drained.isDone());
        // Where the quiet begins is for the drain to say, a moment after it has withdrawn.
        await().until(() -> {
            clock.advance(Duration.ofMillis(1));
            return drained.isDone();
        });

        assertThat(drained.join().phases())
                .contains(new Reached(DrainPhase.WITHDRAWN, Duration.ZERO))
                .anySatisfy(reached -> assertThat(reached.phase()).isEqualTo(DrainPhase.QUIET));
    }

    /** A machine that was suspended, say; the wall clock may do what it likes, nobody looks at it. */
    @Test
    void shouldEndAtTheDeadlineWhenTheClockJumpsPastIt() {
        FakeNanos clock = new FakeNanos();
        Drain drain = new Drain(BRISK, clock);
        drain.inFlight("dubbo").enter("Greeting.greet");
        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);

        clock.advance(Duration.ofHours(1));

        DrainReport report = drained.join();
        assertThat(report.forced()).isTrue();
        assertThat(report.cut()).extracting(CutCall::name).containsExactly("Greeting.greet");
    }

    @Test
    void shouldCountCallsServedWhileDraining() {
        Drain drain = new Drain(BRISK);
        InFlight dubbo = drain.inFlight("dubbo");
        InFlight http = drain.inFlight("http");
        dubbo.exit(dubbo.enter("over before"));
        long before = dubbo.enter("begun before");
        drain.add(DrainStep.of("busy", DrainPhase.WITHDRAWN, () -> {
            http.exit(http.enter("while withdrawing"));
            dubbo.exit(dubbo.enter("while withdrawing"));
            dubbo.exit(before);
        }));

        assertThat(drain.run("test").served()).isEqualTo(3);
    }

    @Test
    void shouldNameTheCallsCutAtTheDeadline() {
        Drain drain = new Drain(SHORT);
        drain.inFlight("dubbo").enter("Greeting.greet");
        drain.inFlight("http").enter("GET /export");
        InFlight http = drain.inFlight("http");
        http.exit(http.enter("GET /quick"));

        DrainReport report = drain.run("test");

        assertThat(report.forced()).isTrue();
        assertThat(phases(report))
                .containsExactly(DrainPhase.REFUSING, DrainPhase.WITHDRAWN, DrainPhase.FORCED, DrainPhase.CLOSED);
        assertThat(report.cut())
                .extracting(CutCall::kind, CutCall::name)
                .containsExactlyInAnyOrder(tuple("dubbo", "Greeting.greet"), tuple("http", "GET /export"));
        assertThat(report.cut())
                .allSatisfy(cut -> assertThat(cut.age()).isBetween(Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(report.served()).isZero();
        assertThat(report.total()).isGreaterThanOrEqualTo(SHORT.deadline());
    }

    @Test
    void shouldNotWaitForeverForCallsThatKeepComing() throws Exception {
        Drain drain = new Drain(SHORT.withQuietPeriod(Duration.ofMillis(300)));
        AtomicBoolean over = new AtomicBoolean();
        Future<?> caller = threads.submit(() -> {
            InFlight calls = drain.inFlight("dubbo");
            while (!over.get()) {
                calls.exit(calls.enter("again"));
            }
        });
        await().until(() -> !drain.inFlight().isEmpty());

        DrainReport report = drain.run("test");
        over.set(true);
        caller.get();

        assertThat(report.forced()).isTrue();
        assertThat(report.lastArrivalAfterWithdrawal()).isPresent();
    }

    @Test
    void shouldGoOnWhenAStepThrows() {
        Drain drain = new Drain(BRISK);
        drain.add(DrainStep.of("leave", DrainPhase.WITHDRAWN, () -> {
            throw new IOException("registry gone");
        }));
        drain.add(DrainStep.of("refuse", DrainPhase.REFUSING, () -> {
            throw new NoClassDefFoundError("io/example/Gone");
        }));
        AtomicBoolean closed = new AtomicBoolean();
        drain.add(DrainStep.of("close", DrainPhase.CLOSED, () -> closed.set(true)));

        DrainReport report = drain.run("test");

        assertThat(report.forced()).isFalse();
        assertThat(result(report, "leave"))
                .satisfies(step -> assertThat(step.outcome()).isEqualTo(Outcome.FAILED))
                .satisfies(step -> assertThat(step.problem()).contains("IOException", "registry gone"));
        assertThat(result(report, "refuse").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed).isTrue();
    }

    @Test
    void shouldGoOnWhenAStepCannotSayItsLimit() {
        Drain drain = new Drain(BRISK);
        drain.add(new DrainStep() {
            @Override
            public String name() {
                return "limitless";
            }

            @Override
            public DrainPhase phase() {
                return DrainPhase.WITHDRAWN;
            }

            @Override
            public Duration limit(DrainPolicy policy) {
                throw new IllegalStateException("no idea");
            }

            @Override
            public void run(Deadline deadline) {}
        });

        assertThat(result(drain.run("test"), "limitless").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void shouldLeaveBehindAStepThatHangs() throws Exception {
        Drain drain = new Drain(BRISK.withStepLimit(Duration.ofMillis(150)));
        CountDownLatch interrupted = new CountDownLatch(1);
        drain.add(DrainStep.of("hang", DrainPhase.WITHDRAWN, () -> {
            try {
                testIsOver.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }));
        drain.add(DrainStep.of("beside it", DrainPhase.WITHDRAWN, () -> {}));

        DrainReport report = drain.run("test");

        assertThat(result(report, "hang"))
                .satisfies(step -> assertThat(step.outcome()).isEqualTo(Outcome.ABANDONED))
                .satisfies(step -> assertThat(step.took()).isGreaterThan(Duration.ofMillis(100)));
        assertThat(result(report, "beside it").outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.forced()).isFalse();
        interrupted.await();
    }

    @ParameterizedTest
    @EnumSource(
            value = DrainPhase.class,
            names = {"REFUSING", "WITHDRAWN", "QUIET", "CLOSED"})
    void shouldLeaveBehindAStepThatIgnoresInterruption(DrainPhase phase) {
        // Only a step that holds up quiet is held up to by the deadline.
        DrainPolicy policy = phase == DrainPhase.QUIET ? SHORT : BRISK.withStepLimit(Duration.ofMillis(150));
        Drain drain = new Drain(policy.withCloseTime(Duration.ofMillis(150)));
        drain.add(DrainStep.of("deaf", phase, this::waitDeafly));

        DrainReport report = drain.run("test");

        assertThat(result(report, "deaf").outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(report.steps()).hasSize(1);
        assertThat(report.forced()).isEqualTo(phase == DrainPhase.QUIET);
        assertThat(drain.phase()).isEqualTo(DrainPhase.CLOSED);
    }

    @Test
    void shouldRunTheStepsOfAPhaseSideBySide() {
        Drain drain = new Drain(BRISK);
        CyclicBarrier both = new CyclicBarrier(2);
        drain.add(DrainStep.of("one", DrainPhase.WITHDRAWN, both::await));
        drain.add(DrainStep.of("other", DrainPhase.WITHDRAWN, both::await));

        assertThat(drain.run("test").steps()).extracting(StepResult::outcome).containsOnly(Outcome.DONE);
    }

    @Test
    void shouldGiveAStepNoMoreThanIsLeftOfTheDeadline() {
        Drain drain = new Drain(BRISK.withStepLimit(Duration.ofHours(1)));
        List<Duration> left = Collections.synchronizedList(new ArrayList<>());
        for (DrainPhase phase : List.of(DrainPhase.REFUSING, DrainPhase.WITHDRAWN, DrainPhase.QUIET)) {
            drain.add(timed("to " + phase, phase, left));
        }

        drain.run("test");

        assertThat(left).hasSize(3).allSatisfy(one -> assertThat(one).isLessThanOrEqualTo(BRISK.deadline()));
    }

    @Test
    void shouldGiveTheFrameworkItsTimeEvenAfterTheDeadline() {
        Drain drain = new Drain(BRISK.withDeadline(SHORT.deadline()));
        drain.inFlight("dubbo").enter("endless");
        List<Duration> left = Collections.synchronizedList(new ArrayList<>());
        drain.add(timed("close", DrainPhase.CLOSED, left));

        DrainReport report = drain.run("test");

        assertThat(report.forced()).isTrue();
        assertThat(left).singleElement().satisfies(one -> assertThat(one).isPositive());
        assertThat(result(report, "close").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void shouldNotBeQuietBeforeTheQuietStepsAreDone() {
        Drain drain = new Drain(BRISK.withQuietPeriod(Duration.ZERO));
        CountDownLatch idle = new CountDownLatch(1);
        drain.add(DrainStep.of("close idle connections", DrainPhase.QUIET, idle::await));

        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        await().during(Duration.ofMillis(150)).until(() -> !drained.isDone());
        idle.countDown();

        assertThat(drained.join().forced()).isFalse();
        assertThat(result(drained.join(), "close idle connections").outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = DrainPhase.class,
            names = {"SERVING", "FORCED"})
    void shouldRefuseAStepInAPhaseThatTakesNone(DrainPhase phase) {
        Drain drain = new Drain(BRISK);

        assertThatThrownBy(() -> drain.add(DrainStep.of("lost", phase, () -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'lost'", phase.name(), "use REFUSING, WITHDRAWN, QUIET or CLOSED");
    }

    @Test
    void shouldRunStepsThatAreAddedInTime() {
        Drain drain = new Drain(BRISK);
        AtomicInteger runs = new AtomicInteger();
        DrainStep taken = DrainStep.of("taken out", DrainPhase.CLOSED, runs::incrementAndGet);
        drain.add(taken);
        drain.add(DrainStep.of("first", DrainPhase.REFUSING, () -> {
            drain.remove(taken);
            drain.add(DrainStep.of("added", DrainPhase.CLOSED, () -> {}));
            drain.add(DrainStep.of("too late", DrainPhase.REFUSING, runs::incrementAndGet));
        }));

        DrainReport report = drain.run("test");

        assertThat(report.steps()).extracting(StepResult::name).containsExactly("first", "added");
        assertThat(runs).hasValue(0);
    }

    @Test
    void shouldTakeInTheStepsThatTheClassPathBrings() {
        Drain drain = new Drain(DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(10)));
        int before = InstalledStep.RUNS.get();

        drain.addInstalledSteps();
        DrainReport report = drain.run("test");

        assertThat(InstalledStep.RUNS.get()).isEqualTo(before + 1);
        assertThat(report.steps()).anyMatch(step -> step.name().equals("installed"));
    }

    @Test
    void shouldDrainWhatHasNotStartedYetAndNeverBeReady() {
        Drain drain = new Drain(DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(10)));

        DrainReport report = drain.run("test");
        drain.readiness().accept();

        assertThat(report.forced()).isFalse();
        assertThat(drain.readiness().ready()).isFalse();
    }

    @Test
    void shouldDrainOnceForTwoTriggersAtOnce() throws Exception {
        Drain drain = new Drain(BRISK);
        AtomicInteger runs = new AtomicInteger();
        drain.add(DrainStep.of("once", DrainPhase.WITHDRAWN, runs::incrementAndGet));
        CyclicBarrier start = new CyclicBarrier(8);
        List<Future<DrainReport>> reports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String cause = "trigger " + i;
            reports.add(threads.submit(() -> {
                start.await();
                return drain.run(cause);
            }));
        }

        DrainReport first = reports.get(0).get();
        for (Future<DrainReport> report : reports) {
            assertThat(report.get()).isSameAs(first);
        }
        assertThat(drain.run("much later")).isSameAs(first);
        assertThat(first.cause()).startsWith("trigger ");
        assertThat(runs).hasValue(1);
        assertThat(first.steps()).hasSize(1);
    }

    @Test
    void shouldNotLetOneCallerSpoilTheReportOfAnother() {
        Drain drain = new Drain(BRISK);
        long call = drain.inFlight("test").enter("keeps the drain from ending");

        assertThat(drain.begin("impatient").cancel(true)).isTrue();
        assertThat(drain.begin("liar").completeExceptionally(new IllegalStateException("lie")))
                .isTrue();

        CompletableFuture<DrainReport> honest = drain.begin("honest");
        drain.inFlight("test").exit(call);
        assertThat(honest.join().cause()).isEqualTo("impatient");
    }

    @Test
    void shouldKeepWaitingWhenTheCallerIsInterrupted() throws Exception {
        Drain drain = new Drain(BRISK);
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Future<DrainReport> waiting = threads.submit(() -> {
            Thread.currentThread().interrupt();
            DrainReport report = drain.run("test");
            stillInterrupted.set(Thread.interrupted());
            return report;
        });

        assertThat(phases(waiting.get())).contains(DrainPhase.QUIET);
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void shouldStopWaitingWhenSomebodyIsInAHurry() {
        Drain drain = new Drain(BRISK.withDeadline(Duration.ofHours(1)));
        drain.inFlight("dubbo").enter("endless");
        drain.add(DrainStep.of("wait", DrainPhase.QUIET, testIsOver::await));
        CompletableFuture<DrainReport> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        assertThat(drained).isNotDone();

        drain.force();

        DrainReport report = drained.join();
        assertThat(report.forced()).isTrue();
        assertThat(report.cut()).extracting(CutCall::name).containsExactly("endless");
        assertThat(result(report, "wait").outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(phases(report)).endsWith(DrainPhase.CLOSED);
    }

    @Test
    void shouldKeepOneCounterForAKind() throws Exception {
        Drain drain = new Drain(BRISK);
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<InFlight>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(threads.submit(() -> {
                start.await();
                return drain.inFlight("dubbo");
            }));
        }

        for (Future<InFlight> one : asked) {
            assertThat(one.get()).isSameAs(drain.inFlight("dubbo"));
        }
        assertThat(drain.inFlight()).containsExactly(drain.inFlight("dubbo"));
        assertThat(drain.policy()).isEqualTo(BRISK);
    }

    private void waitDeafly() {
        while (testIsOver.getCount() > 0) {
            try {
                testIsOver.await();
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
    }

    private static DrainStep timed(String name, DrainPhase phase, List<Duration> left) {
        return new DrainStep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public DrainPhase phase() {
                return phase;
            }

            @Override
            public void run(Deadline deadline) {
                left.add(deadline.remaining());
            }
        };
    }

    private static List<DrainPhase> phases(DrainReport report) {
        return report.phases().stream().map(Reached::phase).toList();
    }

    private static StepResult result(DrainReport report, String step) {
        return report.steps().stream()
                .filter(result -> result.name().equals(step))
                .findFirst()
                .orElseThrow();
    }
}
