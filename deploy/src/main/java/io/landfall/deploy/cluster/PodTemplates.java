package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** Pod templates, equal when their JSON is. What is kept of the many in a cluster is a digest. */
final class PodTemplates {

    /** What a Deployment's controller adds. */
    private static final String HASH = "pod-template-hash";

    private PodTemplates() {}

    /** Of the template of a Deployment, a ReplicaSet or a StatefulSet. */
    static String digest(JsonNode template) {
        try {
            byte[] bytes = canonical(plain(template)).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a workload has it, from what its controller made of it. */
    static JsonNode plain(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("$patch");
        }
        if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return copy;
    }

    /** Without nulls, which the API server writes for a time that is not there; names in order. */
    static JsonNode canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            object.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
            return Json.object().setAll(fields);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode elements = array.arrayNode();
            array.forEach(element -> elements.add(canonical(element)));
            return elements;
        }
        return node;
    }
}
