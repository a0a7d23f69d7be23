package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

    private final CoarseClock clock = CoarseClock.stopped();
    private final InFlight inFlight = new InFlight("dubbo", clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void shouldCountWhatRuns() {
        assertThat(inFlight.count()).isZero();
        long first = inFlight.enter("a");
        long second = inFlight.enter("b");
        assertThat(inFlight.count()).isEqualTo(2);

        inFlight.exit(first);
        assertThat(inFlight.count()).isEqualTo(1);
        inFlight.exit(second);
        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.kind()).isEqualTo("dubbo");
    }

    @Test
    void shouldCountArrivalsThatHaveLeftAgain() {
        for (int i = 1; i <= 1_000; i++) {
            inFlight.exit(inFlight.enter("call"));
            assertThat(inFlight.arrivals()).isEqualTo(i);
        }
        inFlight.enter("running");

        assertThat(inFlight.arrivals()).isEqualTo(1_001);
    }

    @Test
    void shouldShowTheOldestFirst() {
        inFlight.enter("oldest");
        clock.advance(300);
        long gone = inFlight.enter("gone");
        inFlight.enter("middle");
        clock.advance(50);
        inFlight.enter("newest");
        inFlight.exit(gone);
        clock.advance(100);

        assertThat(inFlight.running())
                .containsExactly(
                        new InFlight.Running("oldest", Duration.ofMillis(450)),
                        new InFlight.Running("middle", Duration.ofMillis(150)),
                        new InFlight.Running("newest", Duration.ofMillis(100)));
    }

    @Test
    void shouldNameACallInASlotThatAnotherHadBefore() {
        for (int i = 0; i < 100; i++) {
            String name = "call" + i;
            long call = inFlight.enter(name);
            clock.advance(10);
            assertThat(inFlight.running()).containsExactly(new InFlight.Running(name, Duration.ofMillis(10)));
            inFlight.exit(call);
            assertThat(inFlight.running()).isEmpty();
        }
    }

    @Test
    void shouldEndACallOnAnotherThread() throws Exception {
        for (int i = 0; i < 100; i++) {
            long call = inFlight.enter("async");
            threads.submit(() -> inFlight.exit(call)).get();
            assertThat(inFlight.count()).isZero();
        }
        assertThat(inFlight.arrivals()).isEqualTo(100);
    }

    @Test
    void shouldIgnoreASecondExit() {
        long call = inFlight.enter("call");
        inFlight.exit(call);
        inFlight.exit(call);

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo(1);
    }

    /** A thread's own slot, and a shared one, serve again and again. */
    @Test
    void shouldNotEndACallByTheNumberOfAnEarlierOne() {
        for (int i = 0; i < 300; i++) {
            inFlight.exit(inFlight.enter("warm up"));
        }
        for (int i = 0; i < 300; i++) {
            long outer = inFlight.enter("outer");
            long inner = inFlight.enter("inner");
            inFlight.exit(inner);
            long next = inFlight.enter("next inner");
            inFlight.exit(inner);
            assertThat(inFlight.count()).isEqualTo(2);
            inFlight.exit(outer);
            long nextOuter = inFlight.enter("next outer");
            inFlight.exit(outer);
            assertThat(inFlight.count()).isEqualTo(2);
            inFlight.exit(next);
            inFlight.exit(nextOuter);
        }

        assertThat(inFlight.count()).isZero();
    }

    @Test
    void shouldHoldThousandsOfCallsOfOneThread() {
        List<Long> calls = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            calls.add(inFlight.enter("call" + i));
        }
        assertThat(inFlight.count()).isEqualTo(20_000);
        assertThat(inFlight.arrivals()).isEqualTo(20_000);
        assertThat(inFlight.running()).extracting(InFlight.Running::name).doesNotHaveDuplicates();

        Collections.shuffle(calls);
        calls.forEach(inFlight::exit);

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo(20_000);
    }

    @Test
    void shouldFindASlotAgainAfterGrowth() {
        long early = inFlight.enter("early");
        Set<Long> later = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            later.add(inFlight.enter("later"));
        }
        assertThat(later).hasSize(5_000).doesNotContain(early);

        inFlight.exit(early);

        assertThat(inFlight.count()).isEqualTo(5_000);
        assertThat(inFlight.running()).extracting(InFlight.Running::name).containsOnly("later");
    }

    @Test
    void shouldTakeTheSlotsOfThreadsThatAreGone() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            Thread thread = new Thread(() -> inFlight.exit(inFlight.enter("short-lived")));
            thread.start();
            thread.join();
        }

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo(3_000);
    }

    @Test
    void shouldKeepACallWhoseThreadIsGone() throws Exception {
        TransferQueue<Long> calls = new LinkedTransferQueue<>();
        for (int i = 0; i < 600; i++) {
            Thread thread = new Thread(() -> calls.add(inFlight.enter("orphan")));
            thread.start();
            thread.join();
        }
        long ours = inFlight.enter("ours");
        assertThat(inFlight.count()).isEqualTo(601);

        calls.forEach(inFlight::exit);
        assertThat(inFlight.count()).isEqualTo(1);
        inFlight.exit(ours);
        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo(601);
    }

    @Test
    void shouldLoseNothingBetweenThreads() throws Exception {
        int callers = 8;
        int calls = 30_000;

        together(callers, () -> {
            for (int i = 0; i < calls; i++) {
                long outer = inFlight.enter("outer");
                long inner = inFlight.enter("inner");
                inFlight.exit(outer);
                inFlight.exit(inner);
            }
            return null;
        });

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.running()).isEmpty();
        assertThat(inFlight.arrivals()).isEqualTo(2L * callers * calls);
    }

    /** Threads whose numbers end alike look for the same slot first. */
    @Test
    void shouldLoseNothingBetweenThreadsThatWantTheSameSlot() throws Exception {
        int calls = 30_000;
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<?>> ends = new ArrayList<>();
        for (Thread thread : alike(
                4,
                () -> {
                    start.await();
                    for (int i = 0; i < calls; i++) {
                        long outer = inFlight.enter("outer");
                        long inner = inFlight.enter("inner");
                        inFlight.exit(outer);
                        inFlight.exit(inner);
                    }
                    return null;
                },
                ends)) {
            thread.start();
        }
        for (Future<?> end : ends) {
            end.get();
        }

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo(2L * 4 * calls);
    }

    private static List<Thread> alike(int count, Callable<?> work, List<Future<?>> ends) {
        List<Thread> alike = new ArrayList<>();
        while (alike.size() < count) {
            FutureTask<?> task = new FutureTask<>(work);
            Thread thread = new Thread(task);
            if (alike.isEmpty() || (thread.getId() - alike.get(0).getId()) % 256 == 0) {
                alike.add(thread);
                ends.add(task);
            }
        }
        return alike;
    }

    @Test
    void shouldLoseNothingWhenCallsEndElsewhere() throws Exception {
        int pairs = 4;
        int calls = 10_000;

        together(pairs, () -> {
            TransferQueue<Long> begun = new LinkedTransferQueue<>();
            Future<?> ending = threads.submit(() -> {
                for (int i = 0; i < calls; i++) {
                    inFlight.exit(begun.take());
                }
                return null;
            });
            for (int i = 0; i < calls; i++) {
                begun.add(inFlight.enter("async"));
            }
            ending.get();
            return null;
        });

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo((long) pairs * calls);
    }

    @Test
    void shouldLoseNothingWhileItGrows() throws Exception {
        int callers = 4;
        int calls = 5_000;

        together(callers, () -> {
            List<Long> own = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                own.add(inFlight.enter("held"));
                if (ThreadLocalRandom.current().nextInt(4) == 0) {
                    inFlight.exit(own.remove(own.size() - 1));
                }
            }
            assertThat(new HashSet<>(own)).hasSameSizeAs(own);
            own.forEach(inFlight::exit);
            return null;
        });

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.arrivals()).isEqualTo((long) callers * calls);
    }

    @Test
    void shouldNeverCountBackwardsNorShowAnotherCallsName() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> callers = new ArrayList<>();
        for (String name : List.of("even", "odd")) {
            callers.add(threads.submit(() -> {
                while (!over.get()) {
                    inFlight.exit(inFlight.enter(name));
                }
            }));
        }
        await().until(() -> inFlight.arrivals() > 1_000);

        long before = 0;
        for (int i = 0; i < 5_000; i++) {
            long now = inFlight.arrivals();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
            assertThat(inFlight.count()).isBetween(0, 2);
            assertThat(inFlight.running())
                    .allSatisfy(call -> assertThat(call.name()).isIn("even", "odd"));
        }

        over.set(true);
        for (Future<?> caller : callers) {
            caller.get();
        }
        assertThat(inFlight.count()).isZero();
    }

    /** A slot serves a new call under another name each time; name and age must be of one call. */
    @Test
    void shouldShowNameAndAgeOfOneCall() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        String old = "before the hour";
        String young = "after the hour";
        CountDownLatch turned = new CountDownLatch(1);
        Future<?> caller = threads.submit(() -> {
            for (int i = 0; i < 1_000; i++) {
                inFlight.exit(inFlight.enter(old));
            }
            turned.await();
            while (!over.get()) {
                inFlight.exit(inFlight.enter(young));
            }
            return null;
        });
        await().until(() -> inFlight.arrivals() == 1_000);
        clock.advance(Duration.ofHours(1).toMillis());
        turned.countDown();
        await().until(() -> inFlight.arrivals() > 1_000);

        for (int i = 0; i < 20_000; i++) {
            assertThat(inFlight.running()).allSatisfy(call -> {
                assertThat(call.name()).isEqualTo(young);
                assertThat(call.age()).isZero();
            });
        }

        over.set(true);
        caller.get();
    }

    @Test
    void shouldTellTimeByTheSharedClock() {
        InFlight real = new InFlight("http");
        real.enter("slow");

        await().until(() -> real.running().get(0).age().toMillis() >= 2 * CoarseClock.TICK_MILLIS);
    }

    @Test
    void shouldServeCallsWhileSomebodyCounts() {
        assertThatCode(() -> together(4, () -> {
                    for (int i = 0; i < 2_000; i++) {
                        long call = inFlight.enter("call");
                        assertThat(inFlight.count()).isBetween(1, 4);
                        inFlight.exit(call);
                    }
                    return null;
                }))
                .doesNotThrowAnyException();
    }

    private void together(int callers, Callable<?> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            running.add(threads.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }
}
