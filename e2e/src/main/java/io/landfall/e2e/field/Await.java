package io.landfall.e2e.field;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;

/** Waits for something to become true, with a bound. That the API server is away is no answer. */
final class Await {

    private static final Duration BOUND = Duration.ofMinutes(2);

    private Await() {}

    static void until(String what, Callable<Boolean> condition) {
        until(what, BOUND, condition);
    }

    static void until(String what, Duration bound, Callable<Boolean> condition) {
        Awaitility.await(what)
                // What happens in a client's own threads, while the API server is away, is not what is waited for.
                .dontCatchUncaughtExceptions()
                .atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(Await::isOfAnApiServerThatIsAway)
                .until(condition);
    }

    /** The client lets its HTTP client's own exception through when nobody listens. */
    private static boolean isOfAnApiServerThatIsAway(Throwable problem) {
        return problem instanceof KubernetesClientException || problem instanceof CompletionException;
    }
}
