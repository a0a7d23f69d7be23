package io.landfall.examples.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls at a fixed rate, whether or not earlier calls returned.
 *
 * <p>A caller that waits for one answer before it makes the next call goes quiet exactly while the service is in
 * trouble, and so measures the good times only ("coordinated omission"). Here each call has a moment at which it is due;
 * it is made then, and its latency counts from then, even when the machine or the client library was late in making it.
 *
 * <p>One use: {@link #run} once, {@link #stop} from any thread.
 */
public final class OpenLoop {

    private static final Logger log = LoggerFactory.getLogger(OpenLoop.class);

    /** Enough that a client library that blocks on a dead connection does not hold up the calls to others. */
    private static final int STARTERS = 16;

    private static final long STRAGGLER_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String name;
    private final LoadPlan plan;
    private final IntSupplier workMillis;
    private final AsyncCall call;
    private final LossNames lossNames;
    private final Ledger ledger = new Ledger();
    private final Set<String> explained = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Prepares a run.
     *
     * @param name who calls, for the report
     * @param workMillis the lengths of the calls in order, see {@link CallMix#lengths()}
     */
    public OpenLoop(String name, LoadPlan plan, IntSupplier workMillis, AsyncCall call, LossNames lossNames) {
        this.name = name;
        this.plan = plan;
        this.workMillis = workMillis;
        this.call = call;
        this.lossNames = lossNames;
    }

    /**
     * Makes the calls, waits for stragglers, closes the books. Returns within the plan's duration and straggler wait.
     *
     * @param progress is told once a second, on the calling thread; must be quick
     * @throws MiscountException if a call was lost count of
     */
    public LoadReport run(Consumer<Progress> progress) {
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS, daemons());
        try {
            long startedAtMillis = System.currentTimeMillis();
            makeCalls(new Clock(startedAtMillis, System.nanoTime()), starters, progress);
            awaitStragglers();
            return ledger.close(name, startedAtMillis);
        } finally {
            starters.shutdownNow();
        }
    }

    /** Makes no further calls; those in flight may still come back. */
    public void stop() {
        stopped = true;
    }

    private void makeCalls(Clock clock, ExecutorService starters, Consumer<Progress> progress) {
        long told = clock.startedAtMillis / 1000;
        for (long n = 0; n < plan.calls() && !stopped; n++) {
            long due = plan.dueNanos(n);
            sleepUntil(clock.startedNanos + due);
            long second = clock.second(due);
            if (second > told) {
                progress.accept(ledger.progress(second - 1));
                told = second;
            }
            makeCall(clock.startedNanos + due, second, starters);
        }
    }

    private void makeCall(long dueNanos, long second, ExecutorService starters) {
        boolean tooMany = ledger.inFlight() >= plan.maxInFlight();
        Ledger.Call entry = ledger.open(dueNanos, second, workMillis.getAsInt());
        if (tooMany) {
            ledger.lost(entry, Ledger.TOO_MANY_IN_FLIGHT);
        } else {
            starters.execute(() -> start(entry));
        }
    }

    /** Whatever happens here ends in the ledger: an exception that got away would be a call nobody counts. */
    private void start(Ledger.Call entry) {
        try {
            call.start(entry.workMillis()).whenComplete((answer, failure) -> settle(entry, answer, failure));
        } catch (Throwable failure) {
            lose(entry, failure);
        }
    }

    private void settle(Ledger.Call entry, @Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            lose(entry, LossNames.unwrap(failure));
        } else if (answer == null) {
            ledger.lost(entry, "EmptyAnswer");
        } else {
            ledger.answered(entry, answer.provider(), System.nanoTime());
        }
    }

    private void lose(Ledger.Call entry, Throwable failure) {
        String lossName = lossNames.nameOf(failure);
        ledger.lost(entry, lossName);
        if (explained.add(lossName)) {
            log.warn("{} lost its first call as {}", name, lossName, failure);
        }
    }

    private void awaitStragglers() {
        long deadline = System.nanoTime() + plan.stragglerWait().toNanos();
        while (ledger.inFlight() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STRAGGLER_POLL_NANOS);
        }
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "load-starter");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ties the steady clock that paces the calls to the wall clock that the report speaks. */
    private record Clock(long startedAtMillis, long startedNanos) {

        long second(long offsetNanos) {
            return (startedAtMillis + TimeUnit.NANOSECONDS.toMillis(offsetNanos)) / 1000;
        }
    }
}
