package io.landfall.config.directory;

import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a directory, all of one state. Where the kubelet mounts, each key is a link through {@code ..data}, which is a link
 * itself and swapped at once; so {@code ..data} is followed once, and what it leads to is read.
 */
final class Keys {

    private static final String DATA = "..data";
    private static final String OURS_NOT = "..";

    /** The kubelet swaps once in a minute; more often is somebody else. */
    private static final int TURNS = 20;

    private final Place place;
    private final Bounds bounds;
    private final SortedMap<String, byte[]> data = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long bytes;

    private Keys(Place place, Bounds bounds) {
        this.place = place;
        this.bounds = bounds;
    }

    /** All keys with their bytes. Names that begin with {@code ..} are the kubelet's. */
    static SortedMap<String, byte[]> read(Path directory) throws IOException {
        return read(directory, Bounds.OF_SNAPSHOT);
    }

    /**
     * As {@link #read(Path)}.
     *
     * @throws NoSuchFileException if there is no such directory
     * @throws SnapshotException if there is anything but files, or more than the bounds: everything at once
     * @throws UnavailableException if it is another directory whenever one looks
     */
    static SortedMap<String, byte[]> read(Path directory, Bounds bounds) throws IOException {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Keys> keys = once(directory, bounds);
            if (keys.isPresent()) {
                return keys.get().complete(directory);
            }
        }
        throw new UnavailableException(
                "Directory " + directory,
                new Violation(directory.toString(), "it changes while it is read", "try again when it is at rest"),
                null);
    }

    /** Empty: it changed meanwhile. */
    private static Optional<Keys> once(Path directory, Bounds bounds) throws IOException {
        try {
            Keys keys = new Keys(Place.of(directory), bounds);
            keys.collect();
            return keys.place.is(Place.of(directory)) ? Optional.of(keys) : Optional.empty();
        } catch (NoSuchFileException e) {
            if (!Files.exists(directory)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** What differs whenever the keys do: without reading them, and good for one process only. */
    static String fingerprint(Path directory) throws IOException {
        Place place = Place.of(directory);
        SortedMap<String, String> files = new TreeMap<>();
        for (Path file : place.files()) {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(String.valueOf(file.getFileName()), is.size() + "@" + is.lastModifiedTime());
        }
        return place + " " + files;
    }

    private void collect() throws IOException {
        for (Path file : place.files()) {
            if (data.size() == bounds.files()) {
                violations.add(beyond("it has more than " + bounds.files() + " files"));
                return;
            }
            add(file);
        }
    }

    private void add(Path file) throws IOException {
        String key = String.valueOf(file.getFileName());
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            violations.add(strange(key, "it is a link to nothing"));
            return;
        }
        Path real = file.toRealPath();
        if (!real.startsWith(place.root())) {
            violations.add(strange(key, "it is a link that leads out of " + place.root()));
        } else if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            violations.add(strange(key, Files.isDirectory(real) ? "it is a directory" : "it is no file"));
        } else {
            add(key, Bounds.read(real, bounds.bytes() - bytes));
        }
    }

    private void add(String key, Optional<byte[]> content) {
        if (content.isEmpty()) {
            violations.add(beyond("its files up to " + key + " have more than " + bounds.bytes() + " bytes"));
            return;
        }
        bytes += content.get().length;
        data.put(key, content.get());
    }

    private SortedMap<String, byte[]> complete(Path directory) {
        if (!violations.isEmpty()) {
            throw new SnapshotException("Directory " + directory, violations);
        }
        return data;
    }

    private static Violation strange(String key, String problem) {
        return new Violation(key, problem, "mount the snapshot's ConfigMaps and Secrets there, and nothing else");
    }

    private Violation beyond(String problem) {
        return new Violation(place.root().toString(), problem, "look whether this is the directory of a snapshot");
    }

    /**
     * Where the keys are now.
     *
     * @param root no key is outside of it
     * @param directory has the keys: the root, or what {@code ..data} leads to
     * @param identity so that a new directory under the same name is another
     */
    private record Place(Path root, Path directory, String identity) {

        static Place of(Path mount) throws IOException {
            Path root = mount.toRealPath();
            Path data = root.resolve(DATA);
            Path directory = Files.exists(data, LinkOption.NOFOLLOW_LINKS) ? data.toRealPath() : root;
            if (!directory.startsWith(root)) {
                throw new SnapshotException(
                        "Directory " + mount, List.of(strange(DATA, "it is a link that leads out of " + root)));
            }
            BasicFileAttributes is = Files.readAttributes(directory, BasicFileAttributes.class);
            return new Place(root, directory, is.fileKey() + "@" + is.creationTime());
        }

        /** Not the record's own equality, which takes 10 ms of an application's start. */
        boolean is(Place other) {
            return root.equals(other.root) && directory.equals(other.directory) && identity.equals(other.identity);
        }

        List<Path> files() throws IOException {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(
                    directory, f -> !String.valueOf(f.getFileName()).startsWith(OURS_NOT))) {
                List<Path> files = new ArrayList<>();
                all.forEach(files::add);
                files.sort(null);
                return files;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }
}
