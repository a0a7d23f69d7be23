package io.landfall.config.directory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One writer of an application's snapshots at a time: of all threads of this process, and of all processes. */
final class AppLock {

    /** A file's lock is the process's, and asking twice for it is an error; so threads take turns before they ask. */
    private static final ConcurrentMap<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ReentrantLock turn;
    private final FileChannel channel;

    private AppLock(ReentrantLock turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param directory that the lock is for; it exists
     * @throws IOException if another has it all the time, or the file system knows no locks
     */
    static AppLock of(Path directory, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        Path file = directory.toRealPath().resolve(".lock");
        ReentrantLock turn = TURNS.computeIfAbsent(file, f -> new ReentrantLock());
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(file, patience);
            }
        } catch (InterruptedException e) {
            throw interrupted(file);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel, end)) {
                throw busy(file, patience);
            }
            return new AppLock(turn, channel);
        } catch (InterruptedException e) {
            giveBack(turn, channel);
            throw interrupted(file);
        } catch (IOException | RuntimeException e) {
            giveBack(turn, channel);
            throw e;
        }
    }

    /** Java can wait for a file's lock, but not for a bounded time. */
    private static boolean lock(FileChannel channel, long end) throws IOException, InterruptedException {
        while (channel.tryLock() == null) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return true;
    }

    private static IOException busy(Path file, Duration patience) {
        return new IOException("another process has held " + file + " for " + patience.toSeconds() + " s");
    }

    private static IOException interrupted(Path file) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for " + file);
    }

    /** The lock ends with its channel. */
    void close() throws IOException {
        giveBack(turn, channel);
    }

    private static void giveBack(ReentrantLock turn, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
