package io.landfall.config.cli;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A directory that a snapshot's files are written into, and nothing beside it. */
final class Export {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path directory;

    Export(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Writes them.
     *
     * @throws SnapshotException if something is there already, or a name cannot be one here
     * @throws UnavailableException if it cannot be written
     */
    void write(Snapshot snapshot) {
        try {
            requireEmpty();
            for (SnapshotFile file : snapshot.files()) {
                write(file);
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    "Export of " + snapshot.id(),
                    new Violation(
                            directory.toString(),
                            "it cannot be written (" + e.getClass().getSimpleName() + ")",
                            "look after space and rights, empty it, and try again"),
                    e);
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            return;
        }
        boolean usable = Files.isDirectory(directory);
        if (usable) {
            try (Stream<Path> there = Files.list(directory)) {
                usable = there.findAny().isEmpty();
            }
        }
        if (!usable) {
            throw refused(directory.toString(), "it is no empty directory", "name one that is empty or not there");
        }
    }

    private void write(SnapshotFile file) throws IOException {
        Path target = target(file);
        Files.createDirectories(target.getParent());
        try (SeekableByteChannel channel = Files.newByteChannel(target, NEW, rights(file))) {
            var bytes = file.buffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Names of files lead nowhere else; that this one does not is seen once more where it would do harm. */
    private Path target(SnapshotFile file) {
        try {
            Path target = directory.resolve(file.name().path()).normalize();
            if (target.startsWith(directory) && !target.equals(directory)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw refused(file.name().path(), "a file cannot have this name here", "export it elsewhere");
        }
        throw refused(file.name().path(), "it would be written outside the directory", "look who published it");
    }

    private FileAttribute<?>[] rights(SnapshotFile file) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return file.secret() && posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static SnapshotException refused(String place, String problem, String remedy) {
        return new SnapshotException("Export", List.of(new Violation(place, problem, remedy)));
    }
}
