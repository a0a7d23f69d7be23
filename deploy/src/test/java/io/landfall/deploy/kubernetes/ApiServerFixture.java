package io.landfall.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * As much of an API server as one client needs: it keeps what is applied, as it is applied, and what is wanted of it can be looked at.
 * Whether a real one takes the objects is asked in e2e.
 */
public final class ApiServerFixture implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> objects = new ConcurrentSkipListMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final HttpServer server;

    /** Listens on a port of its own. */
    public ApiServerFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A client that makes no attempts of its own. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .withDisableHostnameVerification(true)
                        .build())
                .build();
    }

    /** What was asked of it that is no GET, in order: {@code PATCH services/cat-0}. */
    public synchronized List<String> writes() {
        return requests.stream().filter(line -> !line.startsWith("GET")).toList();
    }

    /** Forgets what was asked of it. */
    public synchronized void forget() {
        requests.clear();
    }

    private record Failure(int status, ObjectNode body) {}

    /** The next request is answered with a failure. */
    public synchronized void failOnceWith(int status) {
        failures.add(new Failure(status, status("failed as asked")));
    }

    /** The next request is answered with a failure that says when to ask again. */
    public synchronized void failOnceWith(int status, int retryAfterSeconds) {
        ObjectNode body = status("failed as asked");
        body.putObject("details").put("retryAfterSeconds", retryAfterSeconds);
        failures.add(new Failure(status, body));
    }

    /** An object, by {@code services/cat-0}; nothing where it is not there. */
    public JsonNode object(String name) {
        return objects.getOrDefault(name, json.missingNode());
    }

    /** Puts an object there that nobody applied. */
    public void put(String name, String text) throws IOException {
        objects.put(name, json.readTree(text));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery() == null
                ? ""
                : exchange.getRequestURI().getQuery();
        String name = exchange.getRequestURI().getPath().replaceFirst(".*/namespaces/[^/]+/", "");
        boolean dryRun = query.contains("dryRun=All");
        requests.add(exchange.getRequestMethod() + " " + name + (dryRun ? " (dry run)" : ""));
        if (!failures.isEmpty()) {
            Failure failure = failures.remove();
            respond(exchange, failure.status(), failure.body());
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, name);
            case "PATCH" -> patch(exchange, name, dryRun, query);
            case "DELETE" -> respond(exchange, objects.remove(name) == null ? 404 : 200, status("deleted"));
            default -> respond(exchange, 405, status("not here"));
        }
    }

    private void get(HttpExchange exchange, String name) throws IOException {
        if (name.indexOf('/') < 0) {
            ObjectNode list = json.createObjectNode().put("kind", "List").put("apiVersion", "v1");
            list.putArray("items")
                    .addAll(objects.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(name + "/"))
                            .map(Map.Entry::getValue)
                            .toList());
            respond(exchange, 200, list);
            return;
        }
        JsonNode found = objects.get(name);
        respond(exchange, found == null ? 404 : 200, found == null ? status("not found") : found);
    }

    private void patch(HttpExchange exchange, String name, boolean dryRun, String query) throws IOException {
        JsonNode patch = json.readTree(exchange.getRequestBody());
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (type.startsWith("application/merge-patch+json")) {
            JsonNode merged = merged(object(name), patch);
            objects.put(name, merged);
            respond(exchange, 200, merged);
        } else if (type.startsWith("application/apply-patch+yaml") && query.contains("fieldManager=landfall")) {
            if (!dryRun) {
                objects.put(name, patch);
            }
            respond(exchange, 200, patch);
        } else {
            respond(exchange, 415, status(type));
        }
    }

    /** RFC 7396. */
    private JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : json.createObjectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), merged(result.path(field.getKey()), field.getValue()));
            }
        });
        return result;
    }

    private ObjectNode status(String message) {
        return json.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("message", message);
    }

    private void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
