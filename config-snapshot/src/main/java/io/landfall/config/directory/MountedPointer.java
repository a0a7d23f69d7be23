package io.landfall.config.directory;

import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the mount of a version's live pointer says: nothing, the name of a revision, or all of it. */
final class MountedPointer {

    /** The key with the revision's name, where there is no other. */
    private static final String LIVE = "live";

    private final Path mount;
    private final SortedMap<String, byte[]> keys;

    private MountedPointer(Path mount, SortedMap<String, byte[]> keys) {
        this.mount = mount;
        this.keys = keys;
    }

    /** @throws SnapshotException if the mount has what it should not have, or cannot be read */
    static MountedPointer read(Path mount) {
        try {
            return new MountedPointer(mount, Files.isDirectory(mount) ? Keys.read(mount) : new TreeMap<>());
        } catch (IOException e) {
            throw Snapshots.unavailable(mount, e);
        }
    }

    /**
     * What is live.
     *
     * @param base the version that this process runs
     * @throws SnapshotException if it does not verify, is of another version, or only its name is here
     */
    Snapshot resolve(Snapshot base) {
        if (keys.isEmpty()) {
            return base;
        }
        return named() ? byName(base) : whole(base);
    }

    /** Which revision this is about, for those who are told of a failure. */
    String revision() {
        try {
            return named() ? name() : StoredForm.manifest(keys).id().revision();
        } catch (SnapshotException e) {
            return "of " + mount;
        }
    }

    private Snapshot whole(Snapshot base) {
        Manifest manifest = manifest();
        if (manifest.id().equals(base.id()) && manifest.digest().equals(base.digest())) {
            return base;
        }
        if (!manifest.id().base().equals(base.id().base()) || !manifest.id().isHot()) {
            throw refused(
                    StoredForm.MANIFEST,
                    "this is " + manifest.id() + ", and this process runs " + base,
                    "mount the live pointer of its own version");
        }
        return verified();
    }

    private Manifest manifest() {
        try {
            return StoredForm.manifest(keys);
        } catch (SnapshotException e) {
            throw new SnapshotException("Live revision in " + mount, e.violations(), e);
        }
    }

    private Snapshot verified() {
        try {
            return StoredForm.read(keys);
        } catch (SnapshotException e) {
            throw new SnapshotException("Live revision in " + mount, e.violations(), e);
        }
    }

    private Snapshot byName(Snapshot base) {
        SnapshotId id = id(base.id());
        if (id.equals(base.id())) {
            return base;
        }
        throw refused(
                LIVE,
                "revision " + id.revision()
                        + " is live, and only its name is mounted, for instance because it is too large",
                "follow the API server, with the rights that this takes, or release the change as a version");
    }

    private SnapshotId id(SnapshotId base) {
        try {
            return SnapshotId.of(base.app(), name());
        } catch (IllegalArgumentException e) {
            throw refused(LIVE, String.valueOf(e.getMessage()), "write the name of the live revision there");
        }
    }

    private boolean named() {
        return keys.keySet().equals(Set.of(LIVE));
    }

    private String name() {
        return new String(keys.getOrDefault(LIVE, new byte[0]), StandardCharsets.UTF_8).strip();
    }

    private SnapshotException refused(String key, String problem, String remedy) {
        return new SnapshotException("Live revision in " + mount, List.of(new Violation(key, problem, remedy)));
    }
}
