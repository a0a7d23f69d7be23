package io.landfall.config.directory;

import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One application's snapshots, each in a directory that gets its name when it is complete and loses it before it is not. What has
 * another name, {@code .tmp-1.4.2--5f3a}, somebody is writing or removing, or never came to an end with.
 */
final class AppDirectory {

    private static final String TEMPORARY = ".tmp-";

    /** Neither a version nor an application has two dashes in a row. */
    private static final String SEPARATOR = "--";

    private static final String LIVE = SEPARATOR + "live";
    private static final int LONGEST_REVISION = 100;

    private final Path directory;
    private final String app;
    private final Disk disk;

    AppDirectory(Path root, String app, Disk disk) {
        this.directory = root.resolve(app);
        this.app = app;
        this.disk = disk;
    }

    /** Makes the directory if it is not there. */
    Path made() throws IOException {
        if (!Files.isDirectory(directory)) {
            disk.createDirectory(directory);
        }
        return directory;
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /** Verified; empty also if it is no more than a part of one. */
    Optional<Snapshot> find(SnapshotId id) throws IOException {
        if (!complete(id)) {
            return Optional.empty();
        }
        SortedMap<String, byte[]> keys;
        try {
            keys = Keys.read(of(id));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(StoredForm.read(id, keys));
    }

    /** Whether there is a manifest, which nothing but a copy that broke off can lack. */
    boolean complete(SnapshotId id) {
        return Files.isRegularFile(of(id).resolve(StoredForm.MANIFEST));
    }

    /** Sorted; each id once, and complete if any of what has it is. */
    List<StoredSnapshot> list() throws IOException {
        SortedMap<SnapshotId, StoredSnapshot> all = new TreeMap<>();
        for (Path entry : entries()) {
            String name = String.valueOf(entry.getFileName());
            boolean leftover = name.startsWith(TEMPORARY);
            String revision = leftover ? name.substring(TEMPORARY.length()).split(SEPARATOR, 2)[0] : name;
            Optional<SnapshotId> id = idOf(revision);
            if (id.isPresent() && Files.isDirectory(entry)) {
                stored(id.get(), entry, leftover)
                        .ifPresent(s -> all.merge(s.id(), s, (one, other) -> one.complete() ? one : other));
            }
        }
        return List.copyOf(all.values());
    }

    private Optional<StoredSnapshot> stored(SnapshotId id, Path entry, boolean leftover) throws IOException {
        try {
            Instant since = Files.getLastModifiedTime(entry).toInstant();
            Optional<Instant> created = leftover ? Optional.empty() : created(id, entry);
            Optional<SnapshotId> live = id.isHot() || leftover ? Optional.empty() : pointer(id);
            return Optional.of(new StoredSnapshot(id, created.orElse(since), created.isPresent(), live));
        } catch (NoSuchFileException e) {
            // Deleted, or complete under its own name, since the names were read.
            return Optional.empty();
        }
    }

    /** Empty if there is no manifest of this snapshot that verifies: it cannot be loaded. */
    private static Optional<Instant> created(SnapshotId id, Path entry) throws IOException {
        Map<String, byte[]> keys = new HashMap<>();
        for (String key : List.of(StoredForm.MANIFEST, StoredForm.DIGEST)) {
            Path file = entry.resolve(key);
            if (Files.isRegularFile(file)) {
                Bounds.read(file, Bounds.OF_SNAPSHOT.bytes()).ifPresent(b -> keys.put(key, b));
            }
        }
        try {
            Manifest manifest = StoredForm.manifest(keys);
            return manifest.id().equals(id) ? Optional.of(manifest.created()) : Optional.empty();
        } catch (SnapshotException e) {
            return Optional.empty();
        }
    }

    /** Where a version's pointer was moved to; empty if it never was. */
    Optional<SnapshotId> pointer(SnapshotId base) throws IOException {
        Path file = pointerFile(base);
        try {
            byte[] bytes = Bounds.read(file, LONGEST_REVISION).orElseThrow(() -> damaged(file));
            String revision = new String(bytes, StandardCharsets.UTF_8).strip();
            return Optional.of(
                    idOf(revision).filter(id -> id.base().equals(base)).orElseThrow(() -> damaged(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Needs the lock. */
    void point(SnapshotId base, SnapshotId target) throws IOException {
        clear(base);
        Path temporary = temporary(base);
        disk.write(temporary, (target.revision() + "\n").getBytes(StandardCharsets.UTF_8), false);
        disk.move(temporary, pointerFile(base));
        disk.force(directory);
    }

    /** Needs the lock, and that there is no such snapshot. Until the move at the end, nothing can be loaded. */
    void write(SnapshotId id, StoredForm form) throws IOException {
        clear(id);
        Path temporary = temporary(id);
        disk.createDirectory(temporary);
        for (StoredForm.StoredObject object : form.objects()) {
            for (Map.Entry<String, byte[]> key : object.data().entrySet()) {
                disk.write(temporary.resolve(key.getKey()), key.getValue(), object.secret());
            }
        }
        disk.force(temporary);
        disk.move(temporary, of(id));
        disk.force(directory);
    }

    /** Needs the lock. From the move at the beginning on, nothing can be loaded. */
    void delete(SnapshotId id) throws IOException {
        if (Files.exists(of(id))) {
            disk.move(of(id), temporary(id));
            disk.force(directory);
        }
        clear(id);
    }

    /** Removes what is left of attempts to write or delete a snapshot that is not there, and a pointer without its version. */
    void clear(SnapshotId id) throws IOException {
        if (Files.exists(of(id)) && !complete(id)) {
            disk.move(of(id), temporary(id));
        }
        if (!Files.exists(of(id)) && !id.isHot() && Files.exists(pointerFile(id))) {
            disk.delete(pointerFile(id));
        }
        for (Path entry : entries()) {
            if (String.valueOf(entry.getFileName()).startsWith(TEMPORARY + id.revision() + SEPARATOR)) {
                remove(entry);
            }
        }
    }

    private void remove(Path leftover) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(leftover)) {
            files.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            disk.delete(all.get(i));
        }
    }

    private List<Path> entries() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            List<Path> entries = new ArrayList<>();
            all.forEach(entries::add);
            return entries;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path of(SnapshotId id) {
        return directory.resolve(id.revision());
    }

    private Path pointerFile(SnapshotId base) {
        return directory.resolve(base.revision() + LIVE);
    }

    private Path temporary(SnapshotId id) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return directory.resolve(TEMPORARY + id.revision() + SEPARATOR + unique);
    }

    private Optional<SnapshotId> idOf(String revision) {
        try {
            return Optional.of(SnapshotId.of(app, revision));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SnapshotException damaged(Path pointer) {
        return new SnapshotException(
                "A live pointer",
                List.of(new Violation(
                        pointer.toString(),
                        "it names no revision of this version",
                        "write one into it, or delete it to go back to the version itself")));
    }
}
