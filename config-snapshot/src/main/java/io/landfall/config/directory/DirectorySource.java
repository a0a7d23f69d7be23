package io.landfall.config.directory;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.FileName;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files below a directory, such as a checkout of a repository of configuration. Files and directories whose names begin with a dot
 * are left out. Links are followed as long as they do not lead out of the directory.
 */
public final class DirectorySource implements ConfigurationSource {

    private static final Logger log = LoggerFactory.getLogger(DirectorySource.class);

    /** Somebody saves a file meanwhile. */
    private static final int TURNS = 10;

    private final Path directory;
    private final Bounds bounds;

    /** Looks at the directory when it is read, not before. */
    public DirectorySource(Path directory) {
        this(directory, Bounds.OF_SOURCE);
    }

    DirectorySource(Path directory, Bounds bounds) {
        this.directory = directory;
        this.bounds = bounds;
    }

    /**
     * Reads all of it; if it changes meanwhile, again.
     *
     * @throws SnapshotException if there is no such directory, or it has names that no snapshot can have, links that lead out of it,
     *     devices, more than 10,000 files or 200 MiB: everything at once
     * @throws UnavailableException if it cannot be read, or changes all the time
     */
    @Override
    public Reading read() {
        try {
            for (int turn = 0; turn < TURNS; turn++) {
                Optional<List<SnapshotFile>> files = once();
                if (files.isPresent()) {
                    return new Reading(files.get(), Map.of("directory", name()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new SnapshotException("Configuration in " + directory, List.of(Snapshots.missing(directory)), e);
        } catch (IOException e) {
            throw Snapshots.unavailable(directory, e);
        }
        throw new UnavailableException(
                "Configuration in " + directory,
                new Violation(directory.toString(), "it changes while it is read", "try again when it is at rest"),
                null);
    }

    @Override
    public String describe() {
        return "directory " + directory;
    }

    /** Empty: something changed meanwhile. */
    private Optional<List<SnapshotFile>> once() throws IOException {
        try {
            Tree before = Tree.of(directory, bounds);
            List<SnapshotFile> files = before.violations().isEmpty() ? contents(before) : List.of();
            Tree after = Tree.of(directory, bounds);
            if (!before.files().equals(after.files()) || !before.violations().equals(after.violations())) {
                return Optional.empty();
            }
            if (!before.violations().isEmpty()) {
                throw new SnapshotException("Configuration in " + directory, before.violations());
            }
            if (!before.hidden().isEmpty()) {
                log.debug("{} has hidden files, which are left out: {}", directory, before.hidden());
            }
            return Optional.of(files);
        } catch (NoSuchFileException e) {
            if (!Files.exists(directory)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private List<SnapshotFile> contents(Tree tree) throws IOException {
        List<SnapshotFile> files = new ArrayList<>();
        long left = bounds.bytes();
        for (Map.Entry<String, Tree.Leaf> file : tree.files().entrySet()) {
            byte[] bytes = Bounds.read(file.getValue().path(), left)
                    .orElseThrow(
                            () -> new SnapshotException("Configuration in " + directory, List.of(tree.tooLarge())));
            left -= bytes.length;
            files.add(SnapshotFile.of(new FileName(file.getKey()), bytes));
        }
        return files;
    }

    private String name() {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }
}
