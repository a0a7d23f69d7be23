package io.landfall.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes that all providers and consumers load, kept in a file that a JVM maps instead of loading them one by one
 * ("AppCDS"). Starting processes is what this job spends most of its time on. Without the file everything works, and
 * starts later.
 */
final class ClassArchive {

    private final Path file;

    ClassArchive(Path file) {
        this.file = file;
    }

    /** Forgets an archive, which fits only the jars it was made from. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** For a process that shall leave an archive behind. */
    List<String> writing() {
        return List.of("-XX:ArchiveClassesAtExit=" + file);
    }

    /** For all others. */
    List<String> reading() {
        return Files.isRegularFile(file) ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file) : List.of();
    }
}
