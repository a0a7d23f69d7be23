package io.landfall.shutdown;

import io.landfall.shutdown.DrainReport.Outcome;
import io.landfall.shutdown.DrainReport.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step on its own thread: it cannot hold up the others, and can be left behind. */
final class StepRun {

    private static final Logger log = LoggerFactory.getLogger(StepRun.class);

    private final DrainStep step;
    private final Deadline deadline;
    private final CountDownLatch ended;
    private final long begin = System.nanoTime();
    private final Thread thread;
    private volatile @Nullable StepResult result;

    private StepRun(DrainStep step, Deadline deadline, CountDownLatch ended) {
        this.step = step;
        this.deadline = deadline;
        this.ended = ended;
        this.thread = new Thread(this::run, "landfall-drain-" + step.name());
        thread.setDaemon(true);
    }

    /** Starts every step, each with the nearer of its own limit and the deadline. */
    static Group startAll(List<DrainStep> steps, DrainPolicy policy, Deadline deadline) {
        CountDownLatch ended = new CountDownLatch(steps.size());
        List<StepRun> runs = steps.stream()
                .map(step -> new StepRun(step, deadline.orIn(limitOf(step, policy)), ended))
                .toList();
        runs.forEach(run -> run.thread.start());
        return new Group(runs, ended);
    }

    private static Duration limitOf(DrainStep step, DrainPolicy policy) {
        try {
            return step.limit(policy);
        } catch (RuntimeException e) {
            log.warn("Drain step '{}' could not say its limit, and gets the policy's: {}", step.name(), e.toString());
            return policy.stepLimit();
        }
    }

    private void run() {
        try {
            step.run(deadline);
            end(Outcome.DONE, "");
        } catch (Throwable problem) {
            log.warn("Drain step '{}' failed: {}", step.name(), problem.toString());
            end(Outcome.FAILED, problem.toString());
        } finally {
            ended.countDown();
        }
    }

    private synchronized StepResult end(Outcome outcome, String problem) {
        StepResult before = result;
        if (before != null) {
            return before;
        }
        StepResult now = new StepResult(step.name(), outcome, Duration.ofNanos(System.nanoTime() - begin), problem);
        result = now;
        return now;
    }

    private StepResult await() {
        try {
            thread.join(Math.max(1, deadline.remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return leave();
    }

    private StepResult leave() {
        StepResult ended = end(Outcome.ABANDONED, "");
        if (ended.outcome() == Outcome.ABANDONED) {
            log.warn("Drain step '{}' did not return in time and is left behind", step.name());
            thread.interrupt();
        }
        return ended;
    }

    /** The steps of one phase. */
    static final class Group {
        private final List<StepRun> runs;
        private final CountDownLatch ended;

        private Group(List<StepRun> runs, CountDownLatch ended) {
            this.runs = runs;
            this.ended = ended;
        }

        /** Whether every step has returned, thrown, or used up its time. */
        boolean done() {
            return runs.stream().allMatch(run -> run.result != null || run.deadline.passed());
        }

        /** Returns when all have ended, or after this time. */
        void awaitAtMost(long millis) {
            try {
                if (ended.getCount() == 0) {
                    TimeUnit.MILLISECONDS.sleep(millis);
                } else {
                    ended.await(millis, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for each step until its time is up, then leaves it behind. */
        List<StepResult> join() {
            return runs.stream().map(StepRun::await).toList();
        }

        /** Leaves behind whatever still runs. */
        List<StepResult> abandon() {
            return runs.stream().map(StepRun::leave).toList();
        }
    }
}
