package io.landfall.config.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What an API server says when something is wrong. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** An error as the API server says it. */
    static MockResponse status(int code, String reason, String message) {
        ObjectNode status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", code);
        return new MockResponse()
                .setResponseCode(code)
                .addHeader("Content-Type", "application/json")
                .setBody(status.toString());
    }

    /** Half of one. */
    static MockResponse cut() {
        return new MockResponse().setResponseCode(200).setBody("{\"kind\":\"Conf");
    }

    /** What was to be said is not. */
    static MockResponse lost(MockResponse answer) {
        return answer.setBody(cut().getBody()).setResponseCode(200);
    }

    /** A head that promises a body, and no body. */
    static MockResponse hanging() {
        return new MockResponse()
                .setResponseCode(200)
                .addHeader("Transfer-Encoding", "identity")
                .addHeader("Content-Length", 1_000)
                .setBody("{");
    }

    static ObjectNode json(byte[] bytes) {
        try {
            return (ObjectNode) JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
