package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Which object made another one. */
final class Owner {

    private Owner() {}

    static JsonNode of(JsonNode object, String kind) {
        for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
            if (reference.path("controller").asBoolean()
                    && reference.path("kind").asText().equals(kind)) {
                return reference;
            }
        }
        return MissingNode.getInstance();
    }
}
