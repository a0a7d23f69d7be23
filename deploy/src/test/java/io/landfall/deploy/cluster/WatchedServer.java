package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An API server with lists, watches and faults, for what a real one does only when it is broken. What is applied is kept as it is. */
final class WatchedServer implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("resourceVersion=([0-9]+)");

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Change> history = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private long version = 1;
    private boolean silent;
    private boolean gone;

    WatchedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** How one request is answered. */
    record Fault(int status, String retryAfter, String message) {}

    private record Watcher(String prefix, OutputStream out, CountDownLatch over) {

        void tell(Change change) throws IOException {
            if (change.path.startsWith(prefix + "/")) {
                out.write(event(change.type, change.object));
                out.flush();
            }
        }
    }

    private record Change(long version, String path, String type, JsonNode object) {}

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withOnlyHttpWatches(true)
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectInterval(50)
                        .build())
                .build();
    }

    synchronized void fail(int status, String retryAfter, String message) {
        faults.add(new Fault(status, retryAfter, message));
    }

    /** The next request gets no answer. */
    synchronized void hang() {
        faults.add(new Fault(0, "", ""));
    }

    synchronized int asked(String start) {
        return (int) requests.stream().filter(line -> line.startsWith(start)).count();
    }

    /** From now on nothing is told to those who watch. */
    synchronized void silence() {
        silent = true;
    }

    /** All watches end, as they do every few minutes; with {@code expired} what they know is too old to go on from. */
    synchronized void endWatches(boolean expired) {
        gone = expired;
        watchers.forEach(watcher -> watcher.over.countDown());
        watchers.clear();
    }

    /** Puts an object: {@code /api/v1/namespaces/shop/pods/a}. */
    synchronized ObjectNode put(String path, JsonNode object) throws IOException {
        ObjectNode kept = object.deepCopy();
        boolean there = objects.containsKey(path);
        kept.withObject("/metadata").put("resourceVersion", String.valueOf(++version));
        if (!kept.path("metadata").has("uid")) {
            kept.withObject("/metadata").put("uid", "uid-of-" + path.substring(path.lastIndexOf('/') + 1));
        }
        objects.put(path, kept);
        tell(path, there ? "MODIFIED" : "ADDED", kept);
        return kept;
    }

    synchronized void remove(String path) throws IOException {
        ObjectNode removed = objects.remove(path);
        version++;
        tell(path, "DELETED", removed);
    }

    synchronized JsonNode object(String path) {
        return objects.getOrDefault(path, Json.object());
    }

    private void tell(String path, String type, JsonNode object) throws IOException {
        Change change = new Change(version, path, type, object);
        history.add(change);
        for (Watcher watcher : silent ? List.<Watcher>of() : watchers) {
            watcher.tell(change);
        }
    }

    private static byte[] event(String type, JsonNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object);
        return (event + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Fault fault;
        synchronized (this) {
            requests.add(exchange.getRequestMethod() + " " + path);
            fault = query.contains("watch=true") || exchange.getRequestMethod().isEmpty() ? null : faults.poll();
        }
        try (exchange) {
            if (fault != null) {
                fail(exchange, fault);
            } else if (query.contains("watch=true")) {
                watch(exchange, path, versionIn(query));
            } else {
                answer(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        if (fault.status == 0) {
            closing.await();
            return;
        }
        if (!fault.retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", fault.retryAfter);
        }
        respond(exchange, fault.status, Json.object().put("kind", "Status").put("message", fault.message));
    }

    private static long versionIn(String query) {
        Matcher version = VERSION.matcher(query);
        return version.find() ? Long.parseLong(version.group(1)) : 0;
    }

    /** A list is older than the watch that goes on from it: what came between is said first. */
    private void watch(HttpExchange exchange, String prefix, long since) throws IOException, InterruptedException {
        Watcher watcher = new Watcher(prefix, exchange.getResponseBody(), new CountDownLatch(1));
        exchange.sendResponseHeaders(200, 0);
        synchronized (this) {
            if (gone) {
                gone = false;
                watcher.out.write(event(
                        "ERROR",
                        Json.object()
                                .put("kind", "Status")
                                .put("apiVersion", "v1")
                                .put("code", 410)));
                return;
            }
            watcher.out.flush();
            for (Change change : history) {
                if (change.version > since) {
                    watcher.tell(change);
                }
            }
            watchers.add(watcher);
        }
        watcher.over.await();
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        JsonNode body = exchange.getRequestMethod().equals("GET")
                ? Json.object()
                : Json.object(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (this) {
            boolean list = !path.matches(".*/namespaces/[^/]+/[^/]+/[^/]+");
            JsonNode there = objects.get(path);
            if (exchange.getRequestMethod().equals("GET") && list) {
                respond(exchange, 200, list(path));
            } else if (exchange.getRequestMethod().equals("GET")) {
                respond(exchange, there == null ? 404 : 200, there == null ? Json.object() : there);
            } else if (exchange.getRequestMethod().equals("POST")) {
                respond(
                        exchange,
                        201,
                        put(path + "/" + body.path("metadata").path("name").asText(), body));
            } else if (there != null
                    && !body.path("metadata")
                            .path("resourceVersion")
                            .equals(there.path("metadata").path("resourceVersion"))) {
                respond(exchange, 409, Json.object().put("message", "the object has been modified"));
            } else {
                respond(exchange, 200, put(path, body));
            }
        }
    }

    private ObjectNode list(String path) {
        ObjectNode list = Json.object().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        ArrayNode items = list.putArray("items");
        objects.forEach((name, object) -> {
            if (name.startsWith(path + "/")) {
                items.add(object);
            }
        });
        return list;
    }

    private static void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        endWatches(false);
        server.stop(0);
        threads.shutdownNow();
    }
}
