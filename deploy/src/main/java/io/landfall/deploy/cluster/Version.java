package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.math.BigInteger;

/**
 * Which state of which object.
 *
 * @param uid of no other object ever
 * @param resource the resource version: later ones are greater, as Kubernetes promises since 1.35 and etcd always kept it
 */
record Version(String uid, String resource) {

    static Version of(JsonNode metadata) {
        return new Version(
                metadata.path("uid").asText(), metadata.path("resourceVersion").asText());
    }

    static Version of(ObjectMeta metadata) {
        return new Version(String.valueOf(metadata.getUid()), String.valueOf(metadata.getResourceVersion()));
    }

    /** The text of {@link #text()}. */
    static Version parse(String text) {
        int slash = text.indexOf('/');
        return new Version(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
    }

    String text() {
        return uid + "/" + resource;
    }

    boolean before(Version other) {
        return number().compareTo(other.number()) < 0;
    }

    private BigInteger number() {
        return resource.matches("[0-9]+") ? new BigInteger(resource) : BigInteger.ZERO;
    }
}
