package io.landfall.config.directory;

import io.landfall.config.LiveFollower;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the live pointer that is mounted into a pod, as the kubelet changes it. */
final class MountedLive implements LiveFollower {

    private static final Logger log = LoggerFactory.getLogger(MountedLive.class);

    /** Whoever closes may hold what a listener waits for. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Snapshot base;
    private final Path mount;
    private final Duration check;
    private final Changes changes;
    private final AtomicBoolean following = new AtomicBoolean();

    private volatile Optional<Thread> thread = Optional.empty();

    /** What was looked at last; of the follower's thread. */
    private Optional<String> seen = Optional.empty();

    /** @param check how often to look although nothing was heard */
    MountedLive(Snapshot base, Path mount, Duration check) {
        this.base = base;
        this.mount = mount;
        this.check = check;
        this.changes = new Changes(mount);
    }

    @Override
    public Optional<Snapshot> atStart() {
        return Optional.of(MountedPointer.read(mount).resolve(base)).filter(s -> !s.equals(base));
    }

    /** @throws IllegalStateException the second time */
    @Override
    public void follow(LiveSnapshot live) {
        if (!following.compareAndSet(false, true)) {
            throw new IllegalStateException("this follower follows already: make another");
        }
        Thread made = new Thread(() -> run(live), "landfall-config-mount");
        made.setDaemon(true);
        thread = Optional.of(made);
        made.start();
    }

    @Override
    public void close() {
        changes.close();
        thread.filter(t -> t != Thread.currentThread()).ifPresent(MountedLive::await);
    }

    private static void await(Thread thread) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, PATIENCE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(LiveSnapshot live) {
        try {
            while (!changes.isClosed()) {
                changes.listen();
                look(live);
                changes.await(check);
            }
        } catch (InterruptedException e) {
            log.warn(
                    "Live revisions in {} are not followed any more: somebody interrupted {}",
                    mount,
                    Thread.currentThread().getName());
        }
    }

    /** Once for each state of the mount; what could not be read is read again. */
    private void look(LiveSnapshot live) {
        Optional<String> state = state();
        if (state.isPresent() && state.equals(seen)) {
            return;
        }
        try {
            offer(live);
            seen = state;
        } catch (UnavailableException e) {
            live.refuse("of " + mount, e);
        } catch (RuntimeException e) {
            seen = state;
            live.refuse("of " + mount, e);
        }
    }

    private void offer(LiveSnapshot live) {
        MountedPointer pointer = MountedPointer.read(mount);
        try {
            live.offer(pointer.resolve(base));
        } catch (SnapshotException e) {
            live.refuse(pointer.revision(), e);
        }
    }

    private Optional<String> state() {
        try {
            return Optional.of(Files.isDirectory(mount) ? Keys.fingerprint(mount) : "nothing");
        } catch (IOException | SnapshotException e) {
            return Optional.empty();
        }
    }
}
