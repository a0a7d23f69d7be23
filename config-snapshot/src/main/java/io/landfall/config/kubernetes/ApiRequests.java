package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API server: each bounded in time, tried again where that may help, and failed in words of ours. Safe for several
 * threads; its own are daemons, and end by themselves.
 */
final class ApiRequests {

    /** What kubectl takes. */
    private static final long PAGE = 500;

    private static final long THREADS_END_AFTER_SECONDS = 5;

    private final KubernetesClient client;
    private final Duration answersWithin;
    private final Retry retry;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            THREADS_END_AFTER_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ApiRequests::daemon);

    /**
     * How long and how often.
     *
     * @param answersWithin one request, and each page of a list
     * @param attempts the first one included
     * @param pauses between them; random in part, since many ask at one time
     */
    record Limits(Duration answersWithin, int attempts, IntervalFunction pauses) {

        /** About a minute at the worst. */
        static final Limits STANDARD = new Limits(
                Duration.ofSeconds(10),
                5,
                IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(5)));
    }

    ApiRequests(KubernetesClient client, Limits limits) {
        this.client = client.newClient(once(client, limits)).adapt(KubernetesClient.class);
        this.answersWithin = limits.answersWithin();
        this.retry = Retry.of(
                "landfall-api-server",
                RetryConfig.custom()
                        .maxAttempts(limits.attempts())
                        .intervalFunction(limits.pauses())
                        .retryOnException(ApiFailures::mayPass)
                        .build());
    }

    /** fabric8's own attempts come at the same moments for everybody, and would be multiplied by ours. */
    private static RequestConfig once(KubernetesClient client, Limits limits) {
        return new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestTimeout(Math.toIntExact(limits.answersWithin().toMillis()))
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** Its answer; failures are thrown as what {@link ApiFailures} makes of them. */
    <T> T call(ApiRequest request, Function<KubernetesClient, T> ask) {
        return attempts(request, () -> within(() -> ask.apply(client)));
    }

    /** Its answer, or nothing if the API server answers with one of these codes, which are no failures here. */
    <T> Optional<T> callUnless(Set<Integer> codes, ApiRequest request, Function<KubernetesClient, @Nullable T> ask) {
        return call(request, c -> {
            try {
                return Optional.ofNullable(ask.apply(c));
            } catch (KubernetesClientException e) {
                if (codes.contains(e.getCode())) {
                    return Optional.<T>empty();
                }
                throw e;
            }
        });
    }

    /** Page by page. After a failure it begins again, so that an item may come twice. */
    <T extends HasMetadata> void list(
            ApiRequest request,
            BiFunction<KubernetesClient, ListOptions, ? extends KubernetesResourceList<T>> ask,
            Consumer<T> each) {
        attempts(request, () -> {
            String next = null;
            do {
                ListOptions page = new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build();
                KubernetesResourceList<T> answer = within(() -> ask.apply(client, page));
                answer.getItems().forEach(each);
                next = answer.getMetadata() == null
                        ? null
                        : answer.getMetadata().getContinue();
            } while (next != null && !next.isEmpty());
            return "";
        });
    }

    private <T> T attempts(ApiRequest request, Supplier<T> attempt) {
        try {
            return retry.executeSupplier(attempt);
        } catch (RuntimeException e) {
            throw ApiFailures.explained(request, e);
        }
    }

    /** The client's own limit ends where the body of an answer begins. */
    private <T> T within(Supplier<T> ask) {
        Future<T> answer = threads.submit(ask::get);
        try {
            return answer.get(answersWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new UncheckedIOException(new SocketTimeoutException("none within " + answersWithin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            answer.cancel(true);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "landfall-api-request");
        thread.setDaemon(true);
        return thread;
    }
}
