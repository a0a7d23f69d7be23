package io.landfall.examples.load;

import java.util.Random;
import java.util.function.IntSupplier;

/**
 * How long the provider works on each call: mostly short, and now and then a long one that a release has to wait for.
 *
 * @param shortestMillis the least work of a short call
 * @param longestMillis the most work of a short call
 * @param longCallMillis the work of a long call
 * @param longCallShare which part of all calls is long, from 0 to 1
 * @param seed two runs with the same seed make the same calls in the same order
 */
public record CallMix(int shortestMillis, int longestMillis, int longCallMillis, double longCallShare, long seed) {

    public CallMix {
        if (shortestMillis < 0 || longestMillis < shortestMillis || longCallMillis < 0) {
            throw new IllegalArgumentException("lengths must be 0 or more, the shortest first");
        }
        if (!(longCallShare >= 0 && longCallShare <= 1)) {
            throw new IllegalArgumentException("the share of long calls must be between 0 and 1");
        }
    }

    /** A new sequence of lengths in milliseconds; not thread-safe. */
    public IntSupplier lengths() {
        Random random = new Random(seed);
        return () -> random.nextDouble() < longCallShare
                ? longCallMillis
                : shortestMillis + random.nextInt(longestMillis - shortestMillis + 1);
    }
}
