package io.landfall.config.apollo.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of Apollo's meta and config service as a client needs for its start, which notes each request. */
final class ApolloServer implements AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int NOT_MODIFIED = 304;

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ApolloServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths, in their order. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        if (path.startsWith("/services/config")) {
            send(exchange, "[{\"appName\":\"config\",\"instanceId\":\"one\",\"homepageUrl\":\"" + url() + "/\"}]");
        } else if (path.equals("/configs/orders/default/application")) {
            send(exchange, """
                    {"appId":"orders","cluster":"default","namespaceName":"application",
                     "configurations":{"greeting":"from the server"},"releaseKey":"1"}""");
        } else {
            exchange.sendResponseHeaders(path.startsWith("/notifications") ? NOT_MODIFIED : NOT_FOUND, -1);
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
