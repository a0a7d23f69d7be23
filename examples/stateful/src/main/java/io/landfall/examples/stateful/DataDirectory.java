package io.landfall.examples.stateful;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an instance keeps: values by their keys, whose they are, and how often it was started. Any thread may use it. */
final class DataDirectory {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final Path directory;
    private final int boots;

    private DataDirectory(Path directory, int boots) {
        this.directory = directory;
        this.boots = boots;
    }

    /**
     * Opens it, and counts this start.
     *
     * @param owner the address of the instance; data of another one is not touched
     * @throws IllegalStateException if the data is that of another instance
     */
    static DataDirectory open(Path directory, String owner) throws IOException {
        Files.createDirectories(directory.resolve("values"));
        Path ownerFile = directory.resolve("owner");
        String before = Files.exists(ownerFile) ? Files.readString(ownerFile) : owner;
        if (!before.equals(owner)) {
            throw new IllegalStateException("The data in " + directory + " is that of " + before + ", and this is "
                    + owner + ": give this instance its address back, or its own data");
        }
        write(ownerFile, owner);
        Path counter = directory.resolve("boots");
        int boots = Files.exists(counter) ? Integer.parseInt(Files.readString(counter)) + 1 : 1;
        write(counter, String.valueOf(boots));
        return new DataDirectory(directory, boots);
    }

    /** How often an instance was started on this data, this time included. */
    int boots() {
        return boots;
    }

    /** @throws IllegalArgumentException if that is no key */
    Optional<String> get(String key) throws IOException {
        Path file = file(key);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** @throws IllegalArgumentException if that is no key */
    synchronized void put(String key, String value) throws IOException {
        write(file(key), value);
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key has up to 64 letters, digits, - and _");
        }
        return directory.resolve("values").resolve(key);
    }

    /** All of it or nothing, whenever the process is killed. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
