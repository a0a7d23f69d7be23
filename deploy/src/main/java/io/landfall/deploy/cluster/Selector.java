package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A selector as a request has it. Expressions are left out: it then selects more than it should, and owners are looked at anyway. */
final class Selector {

    private Selector() {}

    static String text(JsonNode selector) {
        List<String> parts = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        parts.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(",", parts);
    }
}
