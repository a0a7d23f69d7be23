package io.landfall.config.kubernetes;

import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Finds the objects of a snapshot, and puts them together. */
final class SnapshotObjects {

    private final ApiObjects objects;

    SnapshotObjects(ApiObjects objects) {
        this.objects = objects;
    }

    /** The one with the manifest: without it there is no snapshot. */
    Optional<ApiObject> first(SnapshotId id) {
        Optional<ApiObject> first = objects.find(false, StoredForm.nameOf(id));
        first.ifPresent(o -> SnapshotLabels.require(SnapshotLabels.ofRevision(id), o.metadata(), objects.place(o), id));
        return first;
    }

    Optional<Snapshot> find(SnapshotId id) {
        return first(id).map(first -> read(id, first));
    }

    private Snapshot read(SnapshotId id, ApiObject first) {
        Manifest manifest = verified(first, () -> StoredForm.manifest(first.data()));
        Map<String, byte[]> all = others(id, manifest, first);
        all.putAll(first.data());
        return verified(first, () -> StoredForm.read(id, all));
    }

    private <T> T verified(ApiObject first, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SnapshotException e) {
            throw new SnapshotException("Snapshot in " + objects.place(first), e.violations(), e);
        }
    }

    /** They are read by their names, so that a pod needs no right to list Secrets. */
    private Map<String, byte[]> others(SnapshotId id, Manifest manifest, ApiObject first) {
        Map<String, byte[]> all = new TreeMap<>();
        boolean secrets =
                manifest.files().stream().anyMatch(f -> !f.secretKeys().isEmpty());
        if (secrets) {
            addOthers(true, id, manifest, all);
        }
        boolean more = manifest.files().stream()
                .anyMatch(f -> f.secretKeys().isEmpty()
                        && !first.data().containsKey(f.name().key()));
        if (more) {
            addOthers(false, id, manifest, all);
        }
        return all;
    }

    private void addOthers(boolean secret, SnapshotId id, Manifest manifest, Map<String, byte[]> all) {
        Optional<ApiObject> next;
        int number = 1;
        do {
            next = objects.find(secret, StoredForm.nameOf(id, manifest.contentDigest(), secret, number));
            next.ifPresent(o -> all.putAll(o.data()));
            number++;
        } while (next.isPresent());
    }
}
