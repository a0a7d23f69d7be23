package io.landfall.config.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** All that a store changes on a disk, each change once: a test dies at every one of them. */
class Disk {

    private static final FileAttribute<?>[] OWNERS = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private static final FileAttribute<?>[] ANYBODYS = {};

    void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    /**
     * Writes a new file, and returns when the disk has it.
     *
     * @param secret nobody but the owner may read it, where the file system knows of owners
     */
    void write(Path file, byte[] bytes, boolean secret) throws IOException {
        boolean owners =
                secret && file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<StandardOpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, asNew, owners ? OWNERS : ANYBODYS)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            force(channel);
        }
    }

    /** Returns when the disk has the names that are in a directory. Windows cannot open one, and needs no such thing. */
    void force(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                force(channel);
            }
        }
    }

    /** What takes the time. */
    void force(FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** At once; replaces a file. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(Path fileOrEmptyDirectory) throws IOException {
        Files.deleteIfExists(fileOrEmptyDirectory);
    }
}
