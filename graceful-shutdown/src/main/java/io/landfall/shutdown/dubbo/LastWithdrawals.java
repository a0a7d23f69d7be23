package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What leaves registries only after consumers have. On a thread of its own: a registry that hangs must not keep connections from
 * being ended. Safe for any thread.
 */
final class LastWithdrawals implements DrainStep {

    private final Duration patience;
    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
    private final CountDownLatch due = new CountDownLatch(1);
    private final List<String> problems = new CopyOnWriteArrayList<>();

    /** @param patience how long registries may take to forget us, once it is time */
    LastWithdrawals(Duration patience) {
        this.patience = patience;
    }

    @Override
    public String name() {
        return "leave registries last";
    }

    @Override
    public DrainPhase phase() {
        return DrainPhase.QUIET;
    }

    void add(Runnable withdrawal) {
        pending.add(withdrawal);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** From now on. */
    void allow() {
        due.countDown();
    }

    /**
     * Waits until it is time, and leaves.
     *
     * @throws IllegalStateException naming every registry that refused, or that did not answer in time
     */
    @Override
    public void run(Deadline deadline) throws InterruptedException {
        if (isEmpty() || !due.await(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
            // Not in time: what is registered goes with our session.
            return;
        }
        Thread leaving = new Thread(this::withdraw, "landfall-withdraw");
        leaving.setDaemon(true);
        leaving.start();
        leaving.join(
                Math.max(1, Math.min(patience.toMillis(), deadline.remaining().toMillis())));
        if (leaving.isAlive()) {
            leaving.interrupt();
            problems.add("no answer within " + patience.toMillis() + " ms");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
    }

    private void withdraw() {
        for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
