package io.landfall.config.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Another process that writes: until its input ends. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        AppLock lock = AppLock.of(Path.of(arguments[0]), Duration.ofSeconds(10));
        System.out.println("locked");
        while (System.in.read() >= 0) {
            // Only the end counts.
        }
        lock.close();
    }
}
