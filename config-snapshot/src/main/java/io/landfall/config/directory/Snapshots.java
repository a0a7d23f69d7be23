package io.landfall.config.directory;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * How plain Java gets its configuration: {@code Snapshots.load(Path.of("/etc/landfall/config"))}. Safe for several threads.
 *
 * <p>A snapshot's directory has the keys of all its ConfigMaps and Secrets as files, as a projected volume mounts them.
 */
public final class Snapshots {

    private Snapshots() {}

    /** Whether a directory has a stored snapshot, or what is left of one; false also where no directory is. */
    public static boolean isSnapshot(Path directory) {
        // Without one of the two it was a snapshot, and must not pass for somebody's plain files.
        return Files.exists(directory.resolve(StoredForm.MANIFEST))
                || Files.exists(directory.resolve(StoredForm.DIGEST));
    }

    /**
     * Loads a stored snapshot from where it is mounted, and verifies it. The mount may be swapped meanwhile.
     *
     * @throws SnapshotException if it is not there or does not verify: every file that is concerned
     * @throws UnavailableException if the directory cannot be read
     */
    public static Snapshot load(Path directory) {
        SortedMap<String, byte[]> keys = keys(directory);
        try {
            return StoredForm.read(keys);
        } catch (SnapshotException e) {
            throw new SnapshotException("Snapshot in " + directory, e.violations(), e);
        }
    }

    /**
     * Takes a developer's plain directory for a snapshot, as {@link DirectorySource} reads it. The same files are the same snapshot.
     *
     * @throws SnapshotException if something is wrong with the files: everything at once
     * @throws UnavailableException if the directory cannot be read
     */
    public static Snapshot plain(SnapshotId id, Path directory) {
        ConfigurationSource.Reading reading = new DirectorySource(directory).read();
        return Snapshot.builder(id)
                .source(reading.state())
                .files(reading.files())
                .build();
    }

    private static SortedMap<String, byte[]> keys(Path directory) {
        try {
            return Keys.read(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new SnapshotException("Snapshot in " + directory, List.of(missing(directory)), e);
        } catch (IOException e) {
            throw unavailable(directory, e);
        }
    }

    static Violation missing(Path directory) {
        return new Violation(directory.toString(), "there is no such directory", "mount it, or name another");
    }

    static UnavailableException unavailable(Path directory, IOException e) {
        return new UnavailableException(
                "Directory " + directory,
                new Violation(
                        directory.toString(),
                        "it cannot be read: " + e,
                        "look at the directory, and at what this process may read"),
                e);
    }
}
