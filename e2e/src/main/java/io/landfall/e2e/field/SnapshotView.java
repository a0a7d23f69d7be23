package io.landfall.e2e.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * What a pod says at {@code /actuator/snapshot}.
 *
 * @param revision the one it has
 * @param digest of its manifest
 * @param since when it took it, by its own clock, which is this machine's
 * @param files how many
 */
public record SnapshotView(String revision, String digest, Instant since, int files) {

    static SnapshotView in(String json) {
        try {
            JsonNode view = new ObjectMapper().readTree(json);
            return new SnapshotView(
                    view.required("revision").asText(),
                    view.required("digest").asText(),
                    Instant.parse(view.required("since").asText()),
                    view.required("files").size());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("/actuator/snapshot answers something else: " + json, e);
        }
    }
}
