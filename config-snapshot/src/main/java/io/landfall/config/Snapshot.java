package io.landfall.config;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One version of an application's configuration: its files, and the manifest that they agree with. There is no snapshot that does not
 * verify. Immutable.
 */
public final class Snapshot {

    private final Manifest manifest;
    private final NavigableMap<FileName, SnapshotFile> files;
    private final String digest;

    private Snapshot(Manifest manifest, NavigableMap<FileName, SnapshotFile> files) {
        this.manifest = manifest;
        this.files = Collections.unmodifiableNavigableMap(files);
        this.digest = manifest.digest();
    }

    /** Begins a new one. */
    public static Builder builder(SnapshotId id) {
        return new Builder(id);
    }

    /**
     * A snapshot that was stored.
     *
     * @param contents each file's bytes; not copied, and nobody else's from here on
     * @throws SnapshotException if a file is missing, is more than the manifest knows, or is not what the manifest says: all of them
     */
    public static Snapshot verified(Manifest manifest, Map<FileName, byte[]> contents) {
        List<Violation> violations = new ArrayList<>(Names.collisions(contents.keySet()));
        NavigableMap<FileName, SnapshotFile> files = new TreeMap<>();
        for (Manifest.Entry entry : manifest.files()) {
            byte[] content = contents.get(entry.name());
            if (content == null) {
                violations.add(damaged(entry.name(), "it is missing"));
                continue;
            }
            SnapshotFile file = SnapshotFile.owning(entry.name(), content, entry.secretKeys());
            if (!file.sha256().equals(entry.sha256()) || file.size() != entry.size()) {
                violations.add(damaged(entry.name(), "it is not what the manifest says"));
            }
            if (files.put(entry.name(), file) != null) {
                violations.add(damaged(entry.name(), "the manifest names it twice"));
            }
        }
        contents.keySet().stream()
                .filter(name -> !files.containsKey(name))
                .sorted()
                .forEach(name -> violations.add(damaged(name, "the manifest does not name it")));
        if (!violations.isEmpty()) {
            throw new SnapshotException("Snapshot " + manifest.id(), violations);
        }
        return new Snapshot(manifest, files);
    }

    private static Violation damaged(FileName name, String problem) {
        return new Violation(name.path(), problem, "publish the version again, or roll back to another");
    }

    /** Which snapshot. */
    public SnapshotId id() {
        return manifest.id();
    }

    /** What it consists of. */
    public Manifest manifest() {
        return manifest;
    }

    /** {@link Manifest#digest()}. */
    public String digest() {
        return digest;
    }

    /** Sorted by name, unmodifiable. */
    public Collection<SnapshotFile> files() {
        return files.values();
    }

    /** One of them. */
    public Optional<SnapshotFile> file(FileName name) {
        return Optional.ofNullable(files.get(name));
    }

    /** One of them; empty also for what is no name of a file. */
    public Optional<SnapshotFile> file(String path) {
        return FileName.problem(path).isPresent() ? Optional.empty() : file(new FileName(path));
    }

    /** Of all files, in bytes. */
    public long size() {
        return files.values().stream().mapToLong(SnapshotFile::size).sum();
    }

    /** Whether the files are the same, whoever published them and when. */
    public boolean sameContent(Snapshot other) {
        return manifest.contentDigest().equals(other.manifest.contentDigest());
    }

    /** By {@link #digest()}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Which one and how much, never what. */
    @Override
    public String toString() {
        return id() + " (" + files.size() + " files, " + size() + " bytes, " + digest.substring(0, 12) + ")";
    }

    /** Collects a new snapshot. Not for several threads. */
    public static final class Builder {

        private final SnapshotId id;
        private final Map<FileName, SnapshotFile> files = new TreeMap<>();
        private final Map<String, String> source = new TreeMap<>();
        private final List<Violation> violations = new ArrayList<>();
        private Instant created = Instant.EPOCH;
        private String author = "";
        private String comment = "";

        private Builder(SnapshotId id) {
            this.id = id;
        }

        /** When it is made; 1970 unless said, so that two builds of one are the same. */
        public Builder created(Instant when) {
            created = when;
            return this;
        }

        /** Who makes it. */
        public Builder author(String who) {
            author = who;
            return this;
        }

        /** Why. */
        public Builder comment(String why) {
            comment = why;
            return this;
        }

        /** What the source says of its state. */
        public Builder source(Map<String, String> state) {
            source.putAll(state);
            return this;
        }

        /** One more file; the same name twice is refused by {@link #build()}. */
        public Builder file(SnapshotFile file) {
            if (files.put(file.name(), file) != null) {
                violations.add(
                        new Violation(file.name().path(), "there are two files of this name", "leave one of them out"));
            }
            return this;
        }

        /** More files. */
        public Builder files(Collection<SnapshotFile> more) {
            more.forEach(this::file);
            return this;
        }

        /**
         * The snapshot of all that was collected.
         *
         * @throws SnapshotException if names collide: all of them; if a text has half a character in it
         */
        public Snapshot build() {
            List<Violation> all = new ArrayList<>(violations);
            all.addAll(Names.collisions(files.keySet()));
            if (!all.isEmpty()) {
                throw new SnapshotException("Snapshot " + id, all);
            }
            return new Snapshot(manifest(), new TreeMap<>(files));
        }

        private Manifest manifest() {
            try {
                List<Manifest.Entry> entries =
                        files.values().stream().map(Manifest.Entry::of).toList();
                return new Manifest(id, created, author, comment, new TreeMap<>(source), entries);
            } catch (IllegalArgumentException e) {
                Violation violation =
                        new Violation("manifest", String.valueOf(e.getMessage()), "write it in whole characters");
                throw new SnapshotException("Snapshot " + id, List.of(violation), e);
            }
        }
    }

    /** Names that some file systems take for one, or that are a file and a directory at once. */
    private static final class Names {

        static List<Violation> collisions(Collection<FileName> names) {
            List<Violation> violations = new ArrayList<>();
            Map<String, FileName> seen = new HashMap<>();
            names.stream().sorted().forEach(name -> {
                FileName other = seen.putIfAbsent(folded(name.path()), name);
                if (other != null) {
                    violations.add(collision(name, other, "rename one of them"));
                }
            });
            for (FileName name : new TreeSet<>(names)) {
                for (int slash = name.path().indexOf('/');
                        slash > 0;
                        slash = name.path().indexOf('/', slash + 1)) {
                    FileName parent = seen.get(folded(name.path().substring(0, slash)));
                    if (parent != null) {
                        violations.add(collision(name, parent, "a file cannot be a directory too: rename one of them"));
                    }
                }
            }
            return violations;
        }

        private static Violation collision(FileName name, FileName other, String remedy) {
            return new Violation(name.path(), "its name collides with that of " + other, remedy);
        }

        private static String folded(String path) {
            // The tables of Unicode take several ms to load.
            if (path.chars().allMatch(c -> c < 128)) {
                return path.toLowerCase(Locale.ROOT);
            }
            return Normalizer.normalize(path, Normalizer.Form.NFC)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
        }
    }
}
