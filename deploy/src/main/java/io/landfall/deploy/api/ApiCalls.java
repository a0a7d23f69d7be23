package io.landfall.deploy.api;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.deploy.api.ApiPatience.Passing;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of fabric8's client, whose own attempts should be off ({@code requestRetryBackoffLimit} 0), with patience. For several threads. */
public final class ApiCalls {

    private static final int TOO_MANY_REQUESTS = 429;
    /** Kubernetes 1.20 says so of an apply that no repetition makes valid, with a status of 500. */
    private static final String NOT_TYPED = "failed to create typed patch object";

    private static final int CALLS_EACH_SECOND = 20;

    /** What an API server asks for whose requests in flight are too many. fabric8 keeps no header of a failure, and so not {@code Retry-After}. */
    private static final Duration WHEN_FULL = Duration.ofSeconds(1);

    private final ApiPatience patience = new ApiPatience(CALLS_EACH_SECOND);

    /**
     * All calls here may be made twice: they read, or say how something is to be.
     *
     * @throws KubernetesClientException that of the last attempt
     */
    public <T extends @Nullable Object> T call(Supplier<T> call) {
        AtomicReference<@Nullable KubernetesClientException> last = new AtomicReference<>();
        try {
            return patience.call("The API server", () -> attempt(call, last));
        } catch (Passing e) {
            throw Optional.ofNullable(last.get()).orElseGet(() -> new KubernetesClientException(e.getMessage()));
        }
    }

    private static <T extends @Nullable Object> T attempt(
            Supplier<T> call, AtomicReference<@Nullable KubernetesClientException> last) {
        try {
            return call.get();
        } catch (KubernetesClientException refused) {
            if (!passes(refused)) {
                throw refused;
            }
            last.set(refused);
            throw new Passing(refused.getMessage(), refused.getCode(), wanted(refused));
        }
    }

    /** A code of 0 is a connection that did not work. */
    private static boolean passes(KubernetesClientException refused) {
        return !String.valueOf(refused.getMessage()).contains(NOT_TYPED)
                && (refused.getCode() == 0
                        || refused.getCode() == TOO_MANY_REQUESTS
                        || refused.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR);
    }

    private static Duration wanted(KubernetesClientException refused) {
        Integer seconds = refused.getStatus() == null || refused.getStatus().getDetails() == null
                ? null
                : refused.getStatus().getDetails().getRetryAfterSeconds();
        if (seconds != null) {
            return Duration.ofSeconds(seconds);
        }
        return refused.getCode() == TOO_MANY_REQUESTS ? WHEN_FULL : Duration.ZERO;
    }

    /** Whether a field is applied that this version of Kubernetes does not know: it answers so with 500, as often as one asks. */
    public static boolean unknownField(KubernetesClientException refused) {
        return String.valueOf(refused.getMessage()).contains("field not declared in schema");
    }
}
