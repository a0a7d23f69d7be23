package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels and annotations of a snapshot's objects. An object of a snapshot's name may be anybody's; labels say whose it is. */
final class SnapshotLabels {

    /** On the first object of a version: the revision that its pods follow. */
    static final String LIVE = "landfall.io/live";

    static final String CREATED = "landfall.io/created";

    private static final Logger log = LoggerFactory.getLogger(SnapshotLabels.class);

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String LANDFALL = "landfall";
    private static final String APP = "landfall.io/app";
    private static final String VERSION = "landfall.io/version";
    private static final String REVISION = "landfall.io/revision";
    private static final String CONTENT = "landfall.io/content";
    private static final String DIGEST = "landfall.io/digest";

    /** A label's value has 63 characters at most. */
    private static final int DIGEST_IN_LABEL = 16;

    private SnapshotLabels() {}

    /** Of all objects of an application. */
    static Map<String, String> ofApp(String app) {
        return Map.of(MANAGED_BY, LANDFALL, APP, app);
    }

    /** Of all objects of a snapshot, whatever their content. */
    static Map<String, String> ofRevision(SnapshotId id) {
        Map<String, String> labels = ofPointer(id.base());
        labels.put(REVISION, id.revision());
        return labels;
    }

    /** Of a mounted live pointer, which is no part of a snapshot. */
    static Map<String, String> ofPointer(SnapshotId base) {
        Map<String, String> labels = new TreeMap<>(ofApp(base.app()));
        labels.put(VERSION, base.version());
        return labels;
    }

    /** Of an object of a snapshot. */
    static Map<String, String> of(Snapshot snapshot) {
        Map<String, String> labels = ofRevision(snapshot.id());
        labels.put(CONTENT, snapshot.manifest().contentDigest().substring(0, DIGEST_IN_LABEL));
        return labels;
    }

    /** Of an object of a snapshot; the first one also has the digest, for people. */
    static Map<String, String> annotations(Snapshot snapshot, boolean first) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(CREATED, snapshot.manifest().created().toString());
        if (first) {
            annotations.put(DIGEST, snapshot.digest());
        }
        return annotations;
    }

    /** Whose object of a snapshot this is; nobody's if its labels make no sense. */
    static Optional<SnapshotId> owner(ObjectMeta metadata) {
        Map<String, String> labels = orEmpty(metadata.getLabels());
        String app = labels.get(APP);
        String revision = labels.get(REVISION);
        if (app == null || revision == null || labels.get(CONTENT) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SnapshotId.of(app, revision));
        } catch (IllegalArgumentException e) {
            log.warn("{} has labels of no snapshot: {}", metadata.getName(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether all of these labels are there. */
    static boolean has(ObjectMeta metadata, Map<String, String> labels) {
        return orEmpty(metadata.getLabels()).entrySet().containsAll(labels.entrySet());
    }

    /** That the object has the labels of a snapshot, or else an exception that names the owner. */
    static void require(Map<String, String> expected, ObjectMeta metadata, String place, SnapshotId id) {
        if (has(metadata, expected)) {
            return;
        }
        Map<String, String> labels = new TreeMap<>(orEmpty(metadata.getLabels()));
        labels.keySet().retainAll(List.of(MANAGED_BY, APP, VERSION, REVISION));
        throw new SnapshotException(
                "Snapshot " + id,
                List.of(new Violation(
                        place,
                        "the object of this name is not " + id + "'s: its labels are " + labels,
                        "give the version another name, or look who wrote the object")));
    }

    /** Which revision is live for a version: itself, where nothing else is said. */
    static SnapshotId live(SnapshotId base, ObjectMeta first, String place) {
        String live = orEmpty(first.getAnnotations()).getOrDefault(LIVE, base.revision());
        try {
            SnapshotId id = SnapshotId.of(base.app(), live);
            if (id.base().equals(base)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            log.debug("{} is no revision", live, e);
        }
        throw new SnapshotException(
                "Live revision of " + base,
                List.of(new Violation(
                        place,
                        "its annotation " + LIVE + " is '" + live + "', which is no revision of " + base.version(),
                        "write the live revision there, " + base.version() + " for the version itself")));
    }

    /** Whether the pointer was ever moved. */
    static boolean hasLive(ObjectMeta first) {
        return orEmpty(first.getAnnotations()).containsKey(LIVE);
    }

    /** When the snapshot was made, as far as the object says so; else when the API server got it. */
    static Instant created(ObjectMeta metadata) {
        try {
            return Instant.parse(orEmpty(metadata.getAnnotations()).getOrDefault(CREATED, ""));
        } catch (DateTimeParseException e) {
            return stored(metadata);
        }
    }

    /** When the API server got it. */
    static Instant stored(ObjectMeta metadata) {
        return Instant.parse(metadata.getCreationTimestamp());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
