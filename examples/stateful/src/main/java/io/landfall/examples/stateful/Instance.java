package io.landfall.examples.stateful;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One of several that know each other. */
final class Instance implements AutoCloseable {

    private static final int THREADS = 8;
    private static final String DATA = "/data/";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final Settings settings;
    private final String address;
    private final DataDirectory data;
    private final PeerList peers;
    private final PeerCalls calls = new PeerCalls();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    private Instance(Settings settings, String address) throws IOException {
        this.settings = settings;
        this.address = address;
        this.data = DataDirectory.open(settings.data(), address);
        this.peers = PeerList.follow(settings.peers(), settings.readEvery());
        this.server = HttpServer.create(new InetSocketAddress(settings.port()), 0);
    }

    /**
     * Serves from now on.
     *
     * @param address that it takes for its own
     */
    static Instance start(Settings settings, String address) throws IOException {
        Instance instance = new Instance(settings, address);
        instance.server.setExecutor(instance.threads);
        instance.server.createContext("/whoami", exchange -> respond(exchange, OK, instance.whoAmI()));
        instance.server.createContext("/peers", exchange -> respond(exchange, OK, instance.whoAreTheOthers()));
        instance.server.createContext(DATA, instance::data);
        instance.server.start();
        return instance;
    }

    /** Where it listens. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        peers.close();
    }

    private String whoAmI() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("address", Json.text(address));
        fields.put("pod", Json.text(settings.pod()));
        fields.put("boots", String.valueOf(data.boots()));
        return Json.object(fields);
    }

    /** All but the one that has this instance's address. */
    private String whoAreTheOthers() {
        List<String> others =
                peers.all().stream().filter(peer -> !host(peer).equals(address)).toList();
        return Json.object(calls.whoAre(others));
    }

    private static String host(String peer) {
        return peer.substring(0, peer.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    }

    private void data(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring(DATA.length());
        try {
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    Optional<String> value = data.get(key);
                    respond(exchange, value.isPresent() ? OK : NOT_FOUND, value.orElse(""));
                }
                case "PUT" -> {
                    data.put(key, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    respond(exchange, NO_CONTENT, "");
                }
                default -> respond(exchange, NOT_ALLOWED, "GET or PUT");
            }
        } catch (IllegalArgumentException noKey) {
            respond(exchange, BAD_REQUEST, String.valueOf(noKey.getMessage()));
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
