package io.landfall.registry.http;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * How long things take.
 *
 * @param heartbeat between two
 * @param connect at most, until a server has a connection for us
 * @param answer at most, for a whole call
 */
record Timing(Duration heartbeat, Duration connect, Duration answer) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Each pause is twice the last, and every pod's is another: they do not come all at once when a registry is back. */
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE);

    /** The usual limits. */
    static Timing of(Duration heartbeat) {
        return new Timing(heartbeat, Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    /** How long to wait after so many failures in a row. */
    Duration pause(int failures) {
        return Duration.ofMillis(PAUSES.apply(failures));
    }
}
