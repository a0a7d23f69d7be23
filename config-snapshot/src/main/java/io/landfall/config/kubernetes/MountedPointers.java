package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies of live revisions that pods without rights at the API server mount: for each version a ConfigMap or a Secret of one name,
 * both optional in the pod's template. The first object's annotation is what counts; who moved it brings the copy after it.
 */
final class MountedPointers {

    /** The key with the revision's name, where the revision itself is not there. */
    private static final String LIVE = "live";

    /** As {@link StoredForm} has it for an object. */
    private static final int LARGEST = 900 * 1024;

    private final ApiObjects objects;

    MountedPointers(ApiObjects objects) {
        this.objects = objects;
    }

    static String nameOf(SnapshotId base) {
        return StoredForm.nameOf(base) + "--live";
    }

    /** The copy as it was found. */
    record Found(Optional<ApiObject> configMap, Optional<ApiObject> secret) {

        private Optional<ApiObject> of(boolean wanted) {
            return wanted ? secret : configMap;
        }
    }

    Found find(SnapshotId base) {
        return new Found(find(false, base), find(true, base));
    }

    private Optional<ApiObject> find(boolean secret, SnapshotId base) {
        Optional<ApiObject> found = objects.find(secret, nameOf(base));
        found.ifPresent(
                o -> SnapshotLabels.require(SnapshotLabels.ofPointer(base), o.metadata(), objects.place(o), base));
        return found;
    }

    /**
     * Makes it a copy of what is live.
     *
     * <p>The new object comes first, the one of the other kind goes after it. A pod that sees both sees what does not verify, and keeps
     * what it has; one that saw none would go back to its version.
     *
     * @param found read before what is live was, so that nobody's later copy is overwritten
     * @return false if somebody else changes it too
     */
    boolean bring(SnapshotId base, Snapshot live, Found found) {
        ApiObject wanted = wanted(base, live);
        Optional<ApiObject> there = found.of(wanted.secret());
        Optional<ApiObject> other = found.of(!wanted.secret());
        if (live.id().equals(base) && there.isEmpty() && other.isEmpty()) {
            return true;
        }
        return written(wanted, there) && other.map(objects::deleteUnchanged).orElse(true);
    }

    private boolean written(ApiObject wanted, Optional<ApiObject> there) {
        if (there.isEmpty()) {
            return objects.create(wanted, false);
        }
        if (there.get().sameData(wanted)) {
            return true;
        }
        return objects.replace(new ApiObject(wanted.secret(), there.get().metadata(), wanted.data()));
    }

    void delete(SnapshotId base) {
        for (boolean secret : new boolean[] {true, false}) {
            objects.find(secret, nameOf(base))
                    .filter(o -> SnapshotLabels.has(o.metadata(), SnapshotLabels.ofPointer(base)))
                    .ifPresent(o -> objects.delete(secret, o.name()));
        }
    }

    private static ApiObject wanted(SnapshotId base, Snapshot live) {
        if (!live.id().equals(base)) {
            StoredForm form = StoredForm.of(live);
            SortedMap<String, byte[]> all = form.data();
            boolean secrets = form.objects().stream().anyMatch(StoredForm.StoredObject::secret);
            if (form.objects().size() == 1 || (secrets && size(all) <= LARGEST)) {
                return object(secrets, base, all);
            }
        }
        byte[] name = live.id().revision().getBytes(StandardCharsets.UTF_8);
        return object(false, base, new TreeMap<>(Map.of(LIVE, name)));
    }

    private static int size(SortedMap<String, byte[]> data) {
        return data.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length)
                .sum();
    }

    private static ApiObject object(boolean secret, SnapshotId base, SortedMap<String, byte[]> data) {
        return new ApiObject(
                secret,
                new ObjectMetaBuilder()
                        .withName(nameOf(base))
                        .withLabels(SnapshotLabels.ofPointer(base))
                        .build(),
                data);
    }
}
