package io.landfall.deploy.release;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Longer and longer pauses after failures, none of them quite alike. */
final class Pauses {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final int DOUBLED_AT_MOST = 6;
    private static final double JITTER = 0.3;

    private final AtomicInteger failures = new AtomicInteger();

    boolean failing() {
        return failures.get() > 0;
    }

    void worked() {
        failures.set(0);
    }

    /** From half a second to half a minute. */
    Duration afterFailure() {
        long longest = FIRST.toMillis() << Math.min(DOUBLED_AT_MOST, failures.getAndIncrement());
        return Duration.ofMillis(
                (long) (longest * (1 - JITTER * ThreadLocalRandom.current().nextDouble())));
    }
}
