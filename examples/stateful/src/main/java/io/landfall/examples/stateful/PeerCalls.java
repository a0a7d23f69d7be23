package io.landfall.examples.stateful;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks peers who they are. Any thread may use it. */
final class PeerCalls {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** What each answers, in JSON, or in quotes why it does not; all are asked at once. */
    Map<String, String> whoAre(List<String> peers) {
        Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
        peers.forEach(peer -> asked.put(peer, whoIs(peer)));
        Map<String, String> answers = new LinkedHashMap<>();
        asked.forEach((peer, answer) -> answers.put(peer, answer.join()));
        return answers;
    }

    private CompletableFuture<String> whoIs(String peer) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + peer + "/whoami"))
                .timeout(TIMEOUT)
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(PeerCalls::answer)
                .exceptionally(failed -> Json.text("no answer: " + reason(failed)));
    }

    private static CompletableFuture<String> answer(HttpResponse<String> response) {
        return response.statusCode() == 200
                ? CompletableFuture.completedFuture(response.body())
                : CompletableFuture.failedFuture(new IOException("status " + response.statusCode()));
    }

    private static String reason(Throwable failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return cause.toString();
    }
}
