package io.landfall.registry.http;

import io.landfall.registry.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls over HTTP, each of which ends in time: with an answer or with the reason why there is none. */
final class HttpCalls {

    private static final int LONGEST_EXCUSE = 200;

    private final HttpClient client;
    private final Timing timing;

    HttpCalls(Timing timing) {
        this.timing = timing;
        // Some servers wait for more when asked to upgrade to HTTP/2. Redirects are not followed: credentials would be,
        // too.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timing.connect())
                .build();
    }

    /**
     * Calls a server.
     *
     * @throws IOException if it does not answer; the message says why, without credentials
     */
    Answer call(Endpoint server, String method, String path, String json) throws IOException {
        BodyPublisher body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest request = server.request(path)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        // A request's own limit ends with the response's head; this one includes the body, and cancelling closes the
        // connection.
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(request, BodyHandlers.ofString());
        try {
            HttpResponse<String> response = call.get(timing.answer().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), server.cleaned(response.body()));
        } catch (TimeoutException late) {
            throw new IOException(
                    server + " does not answer within " + timing.answer().toMillis() + " ms", late);
        } catch (ExecutionException e) {
            throw new IOException(server + " " + server.cleaned(reason(e.getCause())), e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RegistryException("the call to " + server + " was interrupted");
        } finally {
            call.cancel(true);
        }
    }

    private String reason(@Nullable Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "cannot be connected to within " + timing.connect().toMillis() + " ms";
        }
        if (cause instanceof ConnectException refused) {
            return refused.getCause() instanceof UnresolvedAddressException
                    ? "has no address: the name is unknown"
                    : "cannot be connected to";
        }
        return "broke the call off: " + cause;
    }

    /**
     * What a server said.
     *
     * @param text without credentials
     */
    record Answer(int status, String text) {

        boolean good() {
            return status / 100 == 2;
        }

        boolean unknown() {
            return status == 404;
        }

        /** For an error: what was answered, and what may help. */
        String excuse() {
            String advice =
                    switch (status) {
                        case 401, 403 -> ": check user and password, or the token";
                        case 301, 302, 307, 308 -> ": it is somewhere else, give that URL";
                        default -> "";
                    };
            String line = text.strip().lines().findFirst().orElse("");
            String said = line.length() > LONGEST_EXCUSE ? line.substring(0, LONGEST_EXCUSE) + "..." : line;
            return "answered " + status + (said.isEmpty() ? "" : " (" + said + ")") + advice;
        }
    }
}
