package io.landfall.config.apollo;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks servers, each time within the time-out, body included, and again if there may be an answer later. */
final class Http {

    private static final int LONGEST_REASON = 200;

    private final HttpClient client;
    private final Duration timeout;
    private final int largest;
    private final Retry retry;

    /**
     * @param timeout of one attempt, from the connection to the last byte
     * @param largest an answer, in bytes
     */
    Http(Duration timeout, int largest, int attempts, IntervalFunction pauses) {
        this.timeout = timeout;
        this.largest = largest;
        // Redirects are not followed: credentials would be, too. Some servers trip over an upgrade to HTTP/2.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        this.retry = Retry.of(
                "apollo",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .intervalFunction(pauses)
                        .retryExceptions(UnavailableException.class)
                        .build());
    }

    /**
     * Any answer but one that says to come again.
     *
     * @param place what the request is for, in errors
     * @throws UnavailableException if there is none
     * @throws SnapshotException if it is too large
     */
    Answer get(Endpoint server, String pathAndQuery, String place) {
        return retry.executeSupplier(() -> once(server, pathAndQuery, place));
    }

    private Answer once(Endpoint server, String pathAndQuery, String place) {
        // A request's own limit ends with the response's head; this one includes the body, and cancelling closes the
        // connection.
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(server.request(pathAndQuery).build(), BoundedBody.upTo(largest));
        try {
            Answer answer = new Answer(call.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
            if (answer.temporary()) {
                throw unavailable(place, "the server answered " + answer.status(), "look at Apollo's log");
            }
            return answer;
        } catch (TimeoutException e) {
            throw unavailable(
                    place, "no whole answer within " + timeout.toMillis() + " ms", "look what keeps the server busy");
        } catch (ExecutionException e) {
            throw failure(place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(place, "the request was interrupted", "ask again");
        } finally {
            call.cancel(true);
        }
    }

    private SnapshotException failure(String place, @Nullable Throwable cause) {
        if (cause instanceof BoundedBody.TooLarge) {
            return new SnapshotException(
                    "Apollo",
                    List.of(new Violation(
                            place,
                            "the answer has more than " + largest + " bytes",
                            "look whether the URL is that of Apollo, and divide the namespace")));
        }
        return unavailable(place, reason(cause), "check the URL, and that the server can be reached from here");
    }

    private String reason(@Nullable Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "the server cannot be connected to within " + timeout.toMillis() + " ms";
        }
        if (cause instanceof ConnectException refused) {
            return refused.getCause() instanceof UnresolvedAddressException
                    ? "the server has no address: its name is unknown"
                    : "the server cannot be connected to";
        }
        String line = String.valueOf(cause).replaceAll("\\p{Cntrl}", " ");
        return "the answer broke off (" + line.substring(0, Math.min(line.length(), LONGEST_REASON)) + ")";
    }

    private static UnavailableException unavailable(String place, String problem, String remedy) {
        return new UnavailableException("Apollo", new Violation(place, problem, remedy), null);
    }
}
