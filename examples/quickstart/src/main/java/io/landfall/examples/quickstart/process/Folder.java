package io.landfall.examples.quickstart.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that are made for a while. */
public final class Folder {

    private Folder() {}

    /** Deletes a folder and all that is in it; somebody else may be deleting it too. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            // that is what we wanted
        } catch (UncheckedIOException gone) {
            if (!(gone.getCause() instanceof NoSuchFileException)) {
                throw gone.getCause();
            }
        }
    }
}
