package io.landfall.examples.stateful;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** All instances, from a file that is read again and again: it is written anew when one comes or goes. Any thread may ask. */
final class PeerList implements AutoCloseable {

    private static final Logger log = System.getLogger(PeerList.class.getName());

    private final Path file;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peer-list");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<String> peers = List.of();
    /** Of the thread that reads. */
    private boolean readable = true;

    private final ScheduledFuture<?> reading;

    private PeerList(Path file, Duration every) {
        this.file = file;
        read();
        this.reading =
                reader.scheduleWithFixedDelay(this::read, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads it, and from then on every so often. */
    static PeerList follow(Path file, Duration every) {
        return new PeerList(file, every);
    }

    /** An {@code ip:port} each, this instance's own among them. */
    List<String> all() {
        return peers;
    }

    @Override
    public void close() {
        reading.cancel(true);
        reader.shutdownNow();
    }

    /** By what it says, and not by its time: a ConfigMap's file is a link to a link. What cannot be read now stays as it was. */
    private void read() {
        try {
            List<String> now = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            readable = true;
            if (!now.equals(peers)) {
                peers = now;
                log.log(Level.INFO, "Instances: {0}", String.join(", ", now));
            }
        } catch (IOException unreadable) {
            if (readable) {
                readable = false;
                log.log(Level.WARNING, "{0} cannot be read: {1}", file, unreadable.toString());
            }
        }
    }
}
