package io.landfall.deploy.release;

import java.time.Instant;

/**
 * How an order ended.
 *
 * @param result in a word
 * @param message in a sentence, for people
 * @param ended when
 */
public record Outcome(Result result, String message, Instant ended) {

    /** How. */
    public enum Result {
        /** All pods have the target's template. */
        DONE,
        /** All pods have the earlier template again. */
        ROLLED_BACK,
        /** Somebody ended it in between: some pods are new, some old, and the workload is paused. */
        STAYED,
        /** It was not begun: the workload was not what the order expected. */
        REFUSED
    }
}
