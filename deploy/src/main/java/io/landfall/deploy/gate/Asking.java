package io.landfall.deploy.gate;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** GETs, with a time-out for the whole answer, and again where another attempt may help. For several threads. */
final class Asking {

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final double LONGER = 2;
    private static final double JITTER = 0.5;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client;
    private final Duration timeout;
    private final Retry retry = Retry.of(
            "gate",
            RetryConfig.<HttpResponse<byte[]>>custom()
                    .maxAttempts(ATTEMPTS)
                    .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, LONGER, JITTER))
                    .retryOnException(IOException.class::isInstance)
                    .retryOnResult(answer -> answer.statusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                            || answer.statusCode() == TOO_MANY_REQUESTS)
                    .build());

    Asking(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * The last answer that came.
     *
     * @throws IOException with a reason for people, without what may be secret in an address
     */
    HttpResponse<byte[]> get(URI address) throws IOException {
        try {
            return retry.executeCallable(() -> once(address));
        } catch (IOException failed) {
            throw failed;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException("the engine is being closed", closed);
        } catch (Exception failed) {
            throw new IOException(place(address) + " cannot be asked: " + failed, failed);
        }
    }

    private HttpResponse<byte[]> once(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            throw late(address, tooLate);
        } catch (ExecutionException failed) {
            // A connection has the same limit; either may be the first to see it.
            throw failed.getCause() instanceof HttpTimeoutException
                    ? late(address, failed)
                    : new IOException(place(address) + " does not answer: " + failed.getCause(), failed);
        } finally {
            answer.cancel(true);
        }
    }

    private IOException late(URI address, Exception cause) {
        return new IOException(place(address) + " did not answer in " + timeout.toMillis() + " ms", cause);
    }

    /** Without user, path and query. */
    static String place(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
