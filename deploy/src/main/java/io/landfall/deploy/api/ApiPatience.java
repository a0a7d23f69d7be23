package io.landfall.deploy.api;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How often the API server is asked: so many times a second, and again after a failure that passes, with longer and longer pauses of
 * unlike length, not before the API server wants it. For several threads.
 */
public final class ApiPatience {

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final double LONGER = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final RateLimiter limiter;
    private final Retry retry;

    /** Asks five times. */
    public ApiPatience(int callsEachSecond) {
        this(callsEachSecond, ATTEMPTS);
    }

    private ApiPatience(int callsEachSecond, int attempts) {
        this.limiter = RateLimiter.of(
                "kubernetes-api",
                RateLimiterConfig.custom()
                        .limitForPeriod(callsEachSecond)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(LONGEST_WAIT)
                        .build());
        IntervalFunction pauses = IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, LONGER, JITTER);
        this.retry = Retry.of(
                "kubernetes-api",
                RetryConfig.<Object>custom()
                        .maxAttempts(attempts)
                        .intervalBiFunction((attempt, outcome) -> Math.max(pauses.apply(attempt), wanted(outcome)))
                        .retryOnException(Passing.class::isInstance)
                        .build());
    }

    /** For who asks again anyway. */
    public static ApiPatience impatient(int callsEachSecond) {
        return new ApiPatience(callsEachSecond, 1);
    }

    /**
     * Each attempt waits for the limiter.
     *
     * @throws Passing what the last attempt threw, or that there were too many calls for ten seconds; whatever else is thrown passes through
     */
    public <T extends @Nullable Object> T call(String subject, Supplier<T> attempt) {
        try {
            return retry.executeSupplier(RateLimiter.decorateSupplier(limiter, attempt));
        } catch (RequestNotPermitted e) {
            throw new Passing(
                    subject + ": there were too many calls for " + LONGEST_WAIT.toSeconds() + " s; try again later",
                    0,
                    Duration.ZERO);
        }
    }

    private static long wanted(Either<Throwable, Object> outcome) {
        return outcome.isLeft() && outcome.getLeft() instanceof Passing passing ? passing.pause.toMillis() : 0;
    }

    /** A failure after which it is worth while to ask again. */
    public static final class Passing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final Duration pause;

        /**
         * One.
         *
         * @param status of the answer; 0: there was none
         * @param pause at least so long the API server wants to be left alone, by {@code Retry-After} (RFC 9110, 10.2.3); of more than ten
         *     seconds, ten
         */
        public Passing(@Nullable String message, int status, Duration pause) {
            super(message, null, false, false);
            this.status = status;
            this.pause = pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
        }

        /** Of the answer; 0: there was none. */
        public int status() {
            return status;
        }
    }
}
