package io.landfall.deploy.cluster;

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
final class ApiPatience {

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final double LONGER = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final RateLimiter limiter;
    private final Retry retry;

    ApiPatience(int callsEachSecond) {
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
                RetryConfig.<Answer>custom()
                        .maxAttempts(attempts)
                        .intervalBiFunction((attempt, outcome) -> Math.max(pauses.apply(attempt), wanted(outcome)))
                        .retryOnException(Passing.class::isInstance)
                        .build());
    }

    /** For who asks again anyway. */
    static ApiPatience impatient(int callsEachSecond) {
        return new ApiPatience(callsEachSecond, 1);
    }

    /** Each attempt waits for the limiter. */
    Answer call(String subject, Supplier<Answer> attempt) {
        try {
            return retry.executeSupplier(RateLimiter.decorateSupplier(limiter, attempt));
        } catch (RequestNotPermitted e) {
            throw new ApiException(
                    0, subject + ": there were too many calls for " + LONGEST_WAIT + "; try again later");
        } catch (Passing e) {
            throw new ApiException(e.status, String.valueOf(e.getMessage()));
        }
    }

    static void refuseWhatPasses(String subject, Answer answer, @Nullable String retryAfter) {
        if (answer.passing()) {
            throw new Passing(
                    answer.status(), answer.failure(subject).getMessage(), milliseconds(retryAfter, LONGEST_WAIT));
        }
    }

    private static long wanted(Either<Throwable, Answer> outcome) {
        return outcome.isLeft() && outcome.getLeft() instanceof Passing passing ? passing.wanted : 0;
    }

    private static long milliseconds(@Nullable String seconds, Duration longest) {
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Math.min(Duration.ofSeconds(Long.parseLong(seconds)).toMillis(), longest.toMillis())
                : 0;
    }

    /** A failure after which it is worth while to ask again. */
    static final class Passing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final long wanted;

        Passing(int status, @Nullable String message, long wanted) {
            super(message, null, false, false);
            this.status = status;
            this.wanted = wanted;
        }
    }
}
