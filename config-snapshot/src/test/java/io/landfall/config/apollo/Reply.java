package io.landfall.config.apollo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the fixture says. */
record Reply(int status, String type, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply json(Object value) {
        return json(200, value);
    }

    static Reply text(String type, String text) {
        return new Reply(200, type, text);
    }

    static Reply empty(int status) {
        return new Reply(status, "", "");
    }

    /** As Spring Boot says it. */
    static Reply error(int status, String error, String path) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("timestamp", ApolloContents.now());
        body.put("status", status);
        body.put("error", error);
        body.put("path", path);
        return json(status, body);
    }

    static Reply json(int status, Object value) {
        try {
            return new Reply(status, "application/json", JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
