package io.landfall.config.apollo;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request to the fixture. */
record Asked(HttpExchange exchange, List<String> path, Map<String, String> query) {

    static Asked of(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        List<String> path = List.of(uri.getPath().substring(1).split("/", -1));
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8));
            }
        }
        return new Asked(exchange, path, query);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String uri() {
        return exchange.getRequestURI().toString();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(v -> !v.isEmpty());
    }

    /** Apollo takes the caller's where none is given. */
    String ip() {
        return parameter("ip")
                .orElseGet(() -> exchange.getRemoteAddress().getAddress().getHostAddress());
    }
}
