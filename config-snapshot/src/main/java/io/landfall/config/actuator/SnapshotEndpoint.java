package io.landfall.config.actuator;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/snapshot}: which snapshot, since when, of what files, and what was refused. Never a value. */
@Endpoint(id = "snapshot")
public final class SnapshotEndpoint {

    private final LiveSnapshot live;

    /** Shows what one application has. */
    public SnapshotEndpoint(LiveSnapshot live) {
        this.live = live;
    }

    /** Of types of the JDK only, which all versions of Jackson write alike; times in ISO 8601. */
    @ReadOperation
    public Map<String, Object> snapshot() {
        Snapshot current = live.current();
        Manifest manifest = current.manifest();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("app", current.id().app());
        shown.put("version", current.id().version());
        shown.put("revision", current.id().revision());
        shown.put("digest", current.digest());
        shown.put("created", manifest.created().toString());
        shown.put("author", manifest.author());
        shown.put("comment", manifest.comment());
        shown.put("source", manifest.source());
        shown.put("since", live.since().toString());
        shown.put("files", manifest.files().stream().map(SnapshotEndpoint::file).toList());
        shown.put("refused", live.refused());
        live.refusal().ifPresent(r -> shown.put("lastRefusal", refusal(r)));
        return shown;
    }

    private static Map<String, Object> file(Manifest.Entry file) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", file.name().path());
        shown.put("size", file.size());
        if (file.secretKeys().isEmpty()) {
            // Of a short secret it is as good as a guess that can be tried.
            shown.put("sha256", file.sha256());
        }
        shown.put("secretKeys", file.secretKeys().size());
        return shown;
    }

    private static Map<String, Object> refusal(LiveSnapshot.Refusal refusal) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("revision", refusal.revision());
        shown.put("reason", List.of(refusal.reason().split("\n")));
        shown.put("when", refusal.when().toString());
        return shown;
    }
}
