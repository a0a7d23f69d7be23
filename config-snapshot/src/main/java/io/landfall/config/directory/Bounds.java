package io.landfall.config.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is read of a directory at most, so that a wrong path does not fill the memory.
 *
 * @param files how many
 * @param bytes of all of them together
 */
record Bounds(int files, long bytes) {

    /** Of configuration that people wrote. */
    static final Bounds OF_SOURCE = new Bounds(10_000, 200L << 20);

    /** Of a stored snapshot: that, in parts, and the manifest. */
    static final Bounds OF_SNAPSHOT = new Bounds(20_000, 210L << 20);

    /**
     * All of a regular file; empty if it has more bytes than are left.
     *
     * @param left at most {@link #bytes}
     */
    static Optional<byte[]> read(Path file, long left) throws IOException {
        int most = (int) Math.min(left, Integer.MAX_VALUE - 16);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        }
    }
}
