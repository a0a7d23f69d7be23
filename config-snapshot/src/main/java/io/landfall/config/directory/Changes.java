package io.landfall.config.directory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for something to change in a directory. The system tells where it can: it has few watches, and some file systems have none. */
final class Changes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final Path directory;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable WatchService watch;

    Changes(Path directory) {
        this.directory = directory;
    }

    /** From here on no change is missed, if the system tells of changes. Before each look, since a directory can come and go. */
    void listen() {
        watching();
    }

    /** Until something changed, it was closed, or the time is over; for one thread. */
    void await(Duration longest) throws InterruptedException {
        WatchService watching = watching();
        if (watching == null) {
            closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        try {
            WatchKey key = watching.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (key != null) {
                key.pollEvents();
                if (!key.reset()) {
                    stopWatching();
                }
            }
        } catch (ClosedWatchServiceException e) {
            // What close() is for.
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Wakes who waits. */
    @Override
    public void close() {
        closed.countDown();
        stopWatching();
    }

    private synchronized @Nullable WatchService watching() {
        if (watch == null && !isClosed()) {
            watch = watch();
        }
        return watch;
    }

    private @Nullable WatchService watch() {
        try {
            WatchService made = directory.getFileSystem().newWatchService();
            try {
                directory.register(
                        made,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                return made;
            } catch (IOException | RuntimeException e) {
                made.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("{} is looked at now and then, since it cannot be watched: {}", directory, e.toString());
            return null;
        }
    }

    private synchronized void stopWatching() {
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                log.debug("The watch of {} did not close: {}", directory, e.toString());
            }
            watch = null;
        }
    }
}
