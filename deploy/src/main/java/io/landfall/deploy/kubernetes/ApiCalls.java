package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.Supplier;

/** Calls to the API server: again after a failure that passes, with longer and longer pauses. */
public final class ApiCalls {

    private static final int TOO_MANY_REQUESTS = 429;
    /** Kubernetes 1.20 says so of an apply that no repetition makes valid, with a status of 500. */
    private static final String NOT_TYPED = "failed to create typed patch object";

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final double LONGER = 2;
    private static final double JITTER = 0.5;

    private final Retry retry = Retry.of(
            "kubernetes-api",
            RetryConfig.custom()
                    .maxAttempts(ATTEMPTS)
                    .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, LONGER, JITTER))
                    .retryOnException(ApiCalls::passes)
                    .build());

    /** All calls here may be made twice: they read, or say how something is to be. */
    public <T> T call(Supplier<T> call) {
        return retry.executeSupplier(call);
    }

    /** A code of 0 is a connection that did not work. */
    private static boolean passes(Throwable failed) {
        return failed instanceof KubernetesClientException refused
                && !String.valueOf(refused.getMessage()).contains(NOT_TYPED)
                && (refused.getCode() == 0
                        || refused.getCode() == TOO_MANY_REQUESTS
                        || refused.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR);
    }

    /** Whether a field is applied that this version of Kubernetes does not know: it answers so with 500, as often as one asks. */
    public static boolean unknownField(KubernetesClientException refused) {
        return String.valueOf(refused.getMessage()).contains("field not declared in schema");
    }
}
