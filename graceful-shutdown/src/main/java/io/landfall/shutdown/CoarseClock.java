package io.landfall.shutdown;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock that is right to about {@link #TICK_MILLIS}, and costs a reader one memory access.
 *
 * <p>{@link System#nanoTime} costs more than all the rest of entering a call; the age of a cut call needs no nanoseconds.
 */
final class CoarseClock {

    static final long TICK_MILLIS = 50;

    private volatile long millis = monotonicMillis();

    private CoarseClock() {}

    static CoarseClock shared() {
        return Shared.CLOCK;
    }

    /** A clock that stands still until a test moves it. */
    static CoarseClock stopped() {
        return new CoarseClock();
    }

    void advance(long byMillis) {
        synchronized (this) {
            millis += byMillis;
        }
    }

    long millis() {
        return millis;
    }

    private static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Started with the first call that is counted, and ends with the JVM. */
    private static final class Shared {
        static final CoarseClock CLOCK = new CoarseClock();

        static {
            Thread ticker = new Thread(Shared::tick, "landfall-clock");
            ticker.setDaemon(true);
            ticker.start();
        }

        private static void tick() {
            while (true) {
                CLOCK.millis = monotonicMillis();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            }
        }
    }
}
