package io.landfall.deploy.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.landfall.deploy.api.ApiPatience;
import io.landfall.deploy.api.ApiPatience.Passing;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests in JSON as it is: nothing that the API server knows, and a model does not, is lost. Each one waits for the limiter, and is made again
 * where that may help. So a write has to be one that does nothing the second time: all here carry the version that they were decided
 * from, and the second is answered with a conflict. For several threads.
 */
final class ApiServer {

    /** Who owns what is written. */
    static final String FIELD_MANAGER = "landfall";

    private static final String JSON = "application/json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    /** How an object is applied. */
    enum Applied {
        /** Nobody else's fields are taken. */
        UNFORCED("force=false"),
        /** Fields are taken from whoever has them. */
        FORCED("force=true");

        private final String parameter;

        Applied(String parameter) {
            this.parameter = parameter;
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final URI server;
    private final Duration timeout;
    private final ApiPatience patience;

    ApiServer(KubernetesClient client, ApiPatience patience, Duration timeout) {
        this.http = client.getHttpClient()
                .newBuilder()
                // Attempts are counted in one place only.
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
        this.server = URI.create(client.getMasterUrl().toString().replaceFirst("/+$", ""));
        this.patience = patience;
        this.timeout = timeout;
    }

    Optional<JsonNode> get(Place place) {
        Answer answer = send("GET", place, "", null, null);
        if (answer.missing()) {
            return Optional.empty();
        }
        return Optional.of(taken(answer, "reading " + place));
    }

    /**
     * Reads all of a kind with a label, from the API server's own cache: that one is not older than a moment.
     *
     * @param selector {@code app=orders}
     */
    JsonNode list(Place place, String selector) {
        String query = "resourceVersion=0&labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        return taken(send("GET", place.all(), query, null, null), "reading " + place.all());
    }

    Answer apply(Place place, JsonNode object, Applied how) {
        return send("PATCH", place, manager() + "&" + how.parameter, APPLY, object);
    }

    /**
     * Makes an object, or is told that it is there: by a version that no object has. A Service of an old API server may have no version then; it is
     * made without force, so that at least nothing is taken from anybody.
     */
    Answer make(Place place, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", "1");
        Answer answer = apply(place, object, Applied.FORCED);
        if (!answer.versionOfNothing()) {
            return answer;
        }
        metadata.remove("resourceVersion");
        return apply(place, object, Applied.UNFORCED);
    }

    Answer dryRun(Place place, JsonNode object, Applied how) {
        return send("PATCH", place, manager() + "&dryRun=All&" + how.parameter, APPLY, object);
    }

    Answer merge(Place place, JsonNode change) {
        return send("PATCH", place, manager(), MERGE, change);
    }

    Answer dryRunOfMerge(Place place, JsonNode change) {
        return send("PATCH", place, manager() + "&dryRun=All", MERGE, change);
    }

    Answer create(Place place, JsonNode object) {
        return send("POST", place.all(), manager(), JSON, object);
    }

    Answer replace(Place place, JsonNode object) {
        return send("PUT", place, manager(), JSON, object);
    }

    /** Deletes one object, and not a later one of the same name. */
    Answer delete(Place place, String uid) {
        ObjectNode options =
                json.createObjectNode().put("kind", "DeleteOptions").put("apiVersion", "v1");
        options.putObject("preconditions").put("uid", uid);
        return send("DELETE", place, "", JSON, options);
    }

    static JsonNode taken(Answer answer, String subject) {
        if (!answer.done()) {
            throw answer.failure(subject);
        }
        return answer.body();
    }

    private static String manager() {
        return "fieldManager=" + FIELD_MANAGER;
    }

    private Answer send(String method, Place place, String query, @Nullable String type, @Nullable JsonNode body) {
        String subject = method + " " + place;
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(server + place.path() + (query.isEmpty() ? "" : "?" + query))
                .header("Accept", JSON)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (type != null && body != null) {
            request.method(method, type, body.toString());
        }
        try {
            return patience.call(subject, () -> once(subject, request.build()));
        } catch (Passing e) {
            throw new ApiException(e.status(), String.valueOf(e.getMessage()));
        }
    }

    private Answer once(String subject, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, byte[].class);
        try {
            HttpResponse<byte[]> response = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Answer answer = new Answer(response.code(), read(response.body()));
            if (answer.passing()) {
                throw new Passing(
                        answer.failure(subject).getMessage(), answer.status(), pause(response.header("Retry-After")));
            }
            return answer;
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw late(subject);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            // The client has the same limit, so that it gives up the connection too; either may be the first to see it.
            throw cause instanceof HttpTimeoutException || cause instanceof TimeoutException
                    ? late(subject)
                    : unreachable(subject + ": the API server cannot be reached: " + cause);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiException(0, subject + ": was interrupted");
        }
    }

    private Passing late(String subject) {
        return unreachable(subject + ": the API server did not answer within " + timeout.toMillis() + " ms");
    }

    private static Passing unreachable(String message) {
        return new Passing(message, 0, Duration.ZERO);
    }

    /** A date, which RFC 9110 allows too, no API server says. */
    private static Duration pause(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : Duration.ZERO;
    }

    /** What a proxy in between says is no JSON. */
    private JsonNode read(byte @Nullable [] body) {
        if (body == null) {
            return json.missingNode();
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return json.createObjectNode().put("message", new String(body, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return json.missingNode();
        }
    }
}
