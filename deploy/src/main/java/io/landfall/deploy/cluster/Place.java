package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * Where an object is.
 *
 * @param apiVersion {@code apps/v1}
 * @param plural {@code deployments}
 * @param namespace which
 * @param name what it is called; empty: all of them
 */
record Place(String apiVersion, String plural, String namespace, String name) {

    private static final Map<String, String> IRREGULAR =
            Map.of("Ingress", "ingresses", "NetworkPolicy", "networkpolicies", "Endpoints", "endpoints");

    static Place of(JsonNode object, String namespace) {
        return new Place(
                object.path("apiVersion").asText(),
                plural(object.path("kind").asText()),
                namespace,
                object.path("metadata").path("name").asText());
    }

    static Place configMap(String namespace, String name) {
        return new Place("v1", "configmaps", namespace, name);
    }

    static String plural(String kind) {
        return IRREGULAR.getOrDefault(kind, kind.toLowerCase(Locale.ROOT) + "s");
    }

    String path() {
        String group = apiVersion.contains("/") ? "/apis/" : "/api/";
        return group + apiVersion + "/namespaces/" + namespace + "/" + plural + (name.isEmpty() ? "" : "/" + name);
    }

    Place all() {
        return new Place(apiVersion, plural, namespace, "");
    }

    @Override
    public String toString() {
        return plural + " " + namespace + "/" + name;
    }
}
