package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import io.landfall.config.layout.StoredForm.StoredObject;
import java.net.URL;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Snapshots as immutable ConfigMaps, and Secrets for files that have some. The one with the manifest is written last and removed first:
 * without it there is no snapshot. Which revision is live is an annotation on it, copied to where pods can mount it.
 *
 * <p>Each request is bounded by 10 s and tried five times. A right that is missing is a {@link SnapshotException} that names it.
 */
public final class ConfigMapStore implements SnapshotStore {

    private final ApiObjects objects;
    private final SnapshotObjects snapshots;
    private final LivePointer pointer;
    private final String description;

    /**
     * The snapshots of a namespace.
     *
     * @param client stays the caller's, who closes it
     */
    public ConfigMapStore(KubernetesClient client, String namespace) {
        this(client, namespace, ApiRequests.Limits.STANDARD);
    }

    ConfigMapStore(KubernetesClient client, String namespace, ApiRequests.Limits limits) {
        this.objects = new ApiObjects(new ApiRequests(client, limits), namespace);
        this.snapshots = new SnapshotObjects(objects);
        this.pointer = new LivePointer(objects, snapshots);
        URL server = client.getMasterUrl();
        this.description = "ConfigMaps of namespace " + namespace + " at " + server.getHost()
                + (server.getPort() < 0 ? "" : ":" + server.getPort());
    }

    /** The ConfigMap or Secret that a pod mounts to follow its version without rights at the API server; both optional. */
    public static String nameOfMountedPointer(SnapshotId version) {
        return MountedPointers.nameOf(version.base());
    }

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        return snapshots.find(id);
    }

    @Override
    public List<StoredSnapshot> list(String app) {
        Map<SnapshotId, Map<String, ObjectMeta>> found = new TreeMap<>();
        // Secrets first: what is published meanwhile then is seen whole, or not at all.
        for (boolean secret : new boolean[] {true, false}) {
            objects.list(secret, SnapshotLabels.ofApp(app), metadata -> SnapshotLabels.owner(metadata)
                    .ifPresent(id ->
                            found.computeIfAbsent(id, i -> new TreeMap<>()).put(metadata.getName(), metadata)));
        }
        return found.entrySet().stream()
                .map(e -> stored(e.getKey(), e.getValue()))
                .toList();
    }

    private StoredSnapshot stored(SnapshotId id, Map<String, ObjectMeta> parts) {
        String name = StoredForm.nameOf(id);
        ObjectMeta first = parts.get(name);
        if (first == null) {
            Instant last = parts.values().stream()
                    .map(SnapshotLabels::stored)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return new StoredSnapshot(id, last, false, Optional.empty());
        }
        Optional<SnapshotId> live = Optional.of(first)
                .filter(f -> !id.isHot() && SnapshotLabels.hasLive(f))
                .map(f -> SnapshotLabels.live(id, f, objects.place(false, name)));
        return new StoredSnapshot(id, SnapshotLabels.created(first), true, live);
    }

    @Override
    public boolean write(Snapshot snapshot) {
        StoredForm form = StoredForm.of(snapshot);
        for (int turn = 0; turn < ApiObjects.TURNS; turn++) {
            Optional<Snapshot> there = find(snapshot.id());
            if (there.isPresent()) {
                return unchanged(snapshot, form, there.get());
            }
            form.others().forEach(o -> writeOther(snapshot, o));
            if (objects.create(object(snapshot, form.first(), true), true)) {
                // Who took them for leftovers may have removed some before the first one was there.
                form.others().forEach(o -> writeOther(snapshot, o));
                return true;
            }
        }
        throw objects.contention(snapshot.id());
    }

    private void writeOther(Snapshot snapshot, StoredObject other) {
        ApiObject object = object(snapshot, other, false);
        for (int turn = 0; turn < ApiObjects.TURNS; turn++) {
            Optional<ApiObject> there = objects.find(other.secret(), other.name());
            if (there.isPresent()) {
                requireSame(snapshot.id(), object, there.get());
                return;
            }
            if (objects.create(object, true)) {
                return;
            }
        }
        throw objects.contention(snapshot.id());
    }

    private void requireSame(SnapshotId id, ApiObject object, ApiObject there) {
        String place = objects.place(there);
        SnapshotLabels.require(SnapshotLabels.ofRevision(id), there.metadata(), place, id);
        if (!there.sameData(object)) {
            throw new SnapshotException(
                    "Snapshot " + id,
                    List.of(new Violation(
                            place,
                            "there is an object of this name with other data",
                            "look who wrote it, and remove it")));
        }
    }

    private static ApiObject object(Snapshot snapshot, StoredObject part, boolean first) {
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withName(part.name())
                .withLabels(SnapshotLabels.of(snapshot))
                .withAnnotations(SnapshotLabels.annotations(snapshot, first))
                .build();
        return new ApiObject(part.secret(), metadata, part.data());
    }

    /** False, or an exception after what was written for nothing is gone. */
    private boolean unchanged(Snapshot snapshot, StoredForm form, Snapshot there) {
        if (there.sameContent(snapshot)) {
            return false;
        }
        form.others().forEach(o -> objects.find(o.secret(), o.name())
                .filter(found -> SnapshotLabels.has(found.metadata(), SnapshotLabels.of(snapshot)))
                .ifPresent(found -> objects.delete(o.secret(), o.name())));
        throw new SnapshotException(
                "Snapshot " + snapshot.id(),
                List.of(new Violation(
                        objects.place(false, form.first().name()),
                        "other content is there under this version",
                        "publish it as another version")));
    }

    @Override
    public Optional<SnapshotId> live(SnapshotId base) {
        return pointer.of(base.base());
    }

    @Override
    public boolean moveLive(SnapshotId expected, SnapshotId target) {
        if (!expected.base().equals(target.base())) {
            throw new SnapshotException(
                    "Live revision of " + expected.base(),
                    List.of(new Violation(
                            target.toString(), "it is no revision of " + expected.base(), "release it as a version")));
        }
        return pointer.move(expected, target);
    }

    @Override
    public void delete(SnapshotId id) {
        if (!id.isHot()) {
            // Nobody lists a copy alone: left behind, pods of the same version published anew would follow it.
            pointer.delete(id);
        }
        String name = StoredForm.nameOf(id);
        Map<String, String> labels = SnapshotLabels.ofRevision(id);
        objects.find(false, name)
                .filter(first -> SnapshotLabels.has(first.metadata(), labels))
                .ifPresent(first -> objects.delete(false, name));
        for (boolean secret : new boolean[] {true, false}) {
            Map<String, ObjectMeta> others = new TreeMap<>();
            objects.list(secret, labels, metadata -> others.put(metadata.getName(), metadata));
            others.keySet().forEach(other -> objects.delete(secret, other));
        }
        if (!id.isHot()) {
            // Somebody may have moved it meanwhile.
            pointer.delete(id);
        }
    }

    @Override
    public String describe() {
        return description;
    }
}
