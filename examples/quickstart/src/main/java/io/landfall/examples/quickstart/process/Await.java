package io.landfall.examples.quickstart.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never without a bound, and says what it waited for in vain. */
public final class Await {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what completes the sentence "Gave up after 30 s waiting for …"
     * @throws CannotRunException if it does not hold in time
     */
    public static void until(String what, Duration bound, BooleanSupplier condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new CannotRunException("Gave up after " + bound.toSeconds() + " s waiting for " + what + ".");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
