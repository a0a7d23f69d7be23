package io.landfall.examples.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When calls are due, and when to stop waiting for them.
 *
 * @param callsPerSecond the rate, held whether or not earlier calls returned
 * @param rampUp how long the rate takes to grow from nothing; processes that have just started are slow for a moment
 * @param duration for how long calls are made, the ramp included, unless stopped before
 * @param stragglerWait how long, after the last call was made, an unanswered one may still come back
 * @param maxInFlight a call that is due while so many are unanswered is not made, and counted as lost
 */
public record LoadPlan(
        int callsPerSecond, Duration rampUp, Duration duration, Duration stragglerWait, int maxInFlight) {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    public LoadPlan {
        if (callsPerSecond <= 0 || maxInFlight <= 0 || stragglerWait.isNegative()) {
            throw new IllegalArgumentException("rate and bound must be positive, times not negative");
        }
        if (rampUp.isNegative() || duration.compareTo(rampUp) < 0) {
            throw new IllegalArgumentException("the duration must include the ramp, and times not be negative");
        }
    }

    /** A plan without a ramp. */
    public static LoadPlan steady(int callsPerSecond, Duration duration, Duration stragglerWait, int maxInFlight) {
        return new LoadPlan(callsPerSecond, Duration.ZERO, duration, stragglerWait, maxInFlight);
    }

    /** The rate grows evenly, so the ramp has half the calls of a steady time of its length. */
    long calls() {
        return Math.round((duration.toNanos() - rampUp.toNanos() / 2.0) / NANOS * callsPerSecond);
    }

    /** Computed from the start each time, so that rounding does not add up to a drift. */
    long dueNanos(long call) {
        double ramp = rampUp.toNanos();
        double steady = call / (double) callsPerSecond * NANOS;
        return Math.round(steady < ramp / 2 ? Math.sqrt(2 * ramp * steady) : ramp / 2 + steady);
    }
}
