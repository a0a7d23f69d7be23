package io.landfall.shutdown.dubbo;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What leaves registries only after consumers have. Safe for any thread. */
final class LastWithdrawals {

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();

    void add(Runnable withdrawal) {
        pending.add(withdrawal);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    void run() {
        for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
            next.run();
        }
    }
}
