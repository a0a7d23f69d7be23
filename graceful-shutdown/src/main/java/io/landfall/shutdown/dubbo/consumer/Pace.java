package io.landfall.shutdown.dubbo.consumer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * How often somebody may try to move: one at a time, and ever more seldom while it does not help.
 *
 * <p>Every answer of a leaving provider asks for it, so this is not a retry that has to be driven, only one that has to be held
 * back. A balancer that does not know yet that a pod is leaving gives the same pod again. Safe for any thread.
 */
final class Pace {

    static final Duration SHORTEST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final LongSupplier nanoClock;
    private boolean trying;
    private long pauseNanos = SHORTEST.toNanos();
    private long triedAt;
    private boolean triedEver;

    Pace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether the caller may try now; it then calls {@link #tried}. */
    synchronized boolean mayTry() {
        boolean allowed = allows();
        trying |= allowed;
        return allowed;
    }

    /** Whether anybody may try now. */
    synchronized boolean allows() {
        return !trying && (!triedEver || nanoClock.getAsLong() - triedAt >= pauseNanos);
    }

    /** A try has ended, well or not. */
    synchronized void tried() {
        long now = nanoClock.getAsLong();
        boolean longAgo = !triedEver || now - triedAt > 2 * LONGEST.toNanos();
        long pause = longAgo ? SHORTEST.toNanos() : Math.min(2 * pauseNanos, LONGEST.toNanos());
        // Up to a quarter more, so that many consumers do not come together.
        pauseNanos = pause + ThreadLocalRandom.current().nextLong(pause / 4);
        triedAt = now;
        triedEver = true;
        trying = false;
    }
}
