package io.landfall.shutdown;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment that must not be passed, on the monotonic clock: a wall clock that jumps moves nothing.
 *
 * <p>Immutable and safe for any thread.
 */
public final class Deadline {

    private final long atNanos;
    private final LongSupplier nanoClock;

    private Deadline(long atNanos, LongSupplier nanoClock) {
        this.atNanos = atNanos;
        this.nanoClock = nanoClock;
    }

    /** A deadline this far from now. */
    public static Deadline in(Duration duration) {
        return in(duration, System::nanoTime);
    }

    static Deadline in(Duration duration, LongSupplier nanoClock) {
        return new Deadline(nanoClock.getAsLong() + duration.toNanos(), nanoClock);
    }

    /** The time left; zero, never negative, once it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - nanoClock.getAsLong()));
    }

    /** Whether no time is left. */
    public boolean passed() {
        return atNanos - nanoClock.getAsLong() <= 0;
    }

    /** The nearer of this deadline and one {@code limit} from now. */
    public Deadline orIn(Duration limit) {
        Duration nearer = limit.compareTo(remaining()) < 0 ? limit : remaining();
        return in(nearer, nanoClock);
    }
}
