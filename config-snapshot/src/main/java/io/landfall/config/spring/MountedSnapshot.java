package io.landfall.config.spring;

import io.landfall.config.LiveFollower;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotChange;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotListener;
import io.landfall.config.Violation;
import io.landfall.config.directory.Snapshots;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The snapshot in a directory, and what is live of it. All running contexts of a process that read the same snapshot share one, and
 * find it again when something reads their configuration anew. Safe for several threads.
 */
final class MountedSnapshot {

    /** Those that contexts use. */
    private static final Set<MountedSnapshot> RUNNING = new LinkedHashSet<>();

    private final Path directory;
    private final boolean verified;
    private final Snapshot base;
    private final SnapshotSettings settings;
    private final LiveSnapshot live;

    private volatile Documents documents;
    private volatile @Nullable Documents next;
    private int users;
    private @Nullable Runnable apollo;
    private @Nullable LiveFollower follower;

    private MountedSnapshot(Path directory, boolean verified, Snapshot base, SnapshotSettings settings) {
        this.directory = directory;
        this.verified = verified;
        this.base = base;
        this.settings = settings;
        this.documents = Documents.of(base);
        this.live = new LiveSnapshot(base);
        live.add(this::objections);
        live.add((SnapshotListener) change -> documents = read(change.after()));
    }

    /** @throws SnapshotException if it does not verify, or has a file that cannot be read */
    static MountedSnapshot of(Path directory, SnapshotSettings settings, Log log) {
        boolean verified = Snapshots.isSnapshot(directory);
        Snapshot base = verified ? Snapshots.load(directory) : Snapshots.plain(settings.plain(), directory);
        Optional<MountedSnapshot> running = running(directory, verified, base);
        if (running.isPresent()) {
            if (!verified && !running.get().live.current().sameContent(base)) {
                running.get().live.offer(base);
            }
            return running.get();
        }
        MountedSnapshot mounted = new MountedSnapshot(directory, verified, base, settings);
        if (verified) {
            Followers.takeLive(mounted.live, settings.follow());
        }
        mounted.useInApollo();
        mounted.log(log);
        return mounted;
    }

    private static Optional<MountedSnapshot> running(Path directory, boolean verified, Snapshot base) {
        synchronized (RUNNING) {
            return RUNNING.stream()
                    .filter(m -> m.directory.equals(directory) && m.verified == verified)
                    .filter(m -> verified ? m.base.equals(base) : m.base.id().equals(base.id()))
                    .findFirst();
        }
    }

    /** What an environment's configuration has; empty: no snapshot. */
    static Optional<MountedSnapshot> in(ConfigurableEnvironment environment) {
        // By what sources have, not by what they are: some applications wrap every one.
        return environment.getPropertySources().stream()
                .map(source -> source.getSource())
                .filter(MountedSnapshot.class::isInstance)
                .map(MountedSnapshot.class::cast)
                .findFirst();
    }

    String sourceName() {
        return "snapshot:" + directory;
    }

    LiveSnapshot live() {
        return live;
    }

    /** Of what is live. */
    Documents documents() {
        return documents;
    }

    /** One more context runs. The first one begins to follow what is live. */
    synchronized void start() {
        synchronized (RUNNING) {
            RUNNING.add(this);
        }
        users++;
        useInApollo();
        if (users == 1 && verified) {
            follower = Followers.follower(base, settings.follow()).orElse(null);
            if (follower != null) {
                follower.follow(live);
            }
        }
    }

    /** One context fewer. The last one's follower is closed without a lock, since it may be telling somebody of a revision. */
    void stop() {
        LiveFollower last = leave();
        if (last != null) {
            last.close();
        }
    }

    private synchronized @Nullable LiveFollower leave() {
        users--;
        if (users > 0) {
            return null;
        }
        synchronized (RUNNING) {
            RUNNING.remove(this);
        }
        if (apollo != null) {
            apollo.run();
            apollo = null;
        }
        LiveFollower last = follower;
        follower = null;
        return last;
    }

    /** From when Spring reads it: Apollo's client may be asked before a context is complete. */
    private synchronized void useInApollo() {
        if (apollo == null && settings.apollo()) {
            apollo = ApolloClients.use(live);
        }
    }

    private List<Violation> objections(SnapshotChange change) {
        try {
            Documents after = read(change.after());
            if (!verified || after.startOnly().equals(documents.startOnly())) {
                next = after;
                return List.of();
            }
        } catch (SnapshotException e) {
            return e.violations();
        }
        return List.of(new Violation(
                change.after().id().toString(),
                "it changes spring.config or spring.profiles, which only a start reads",
                "release it as a version"));
    }

    /** Once for the guard and the listener. */
    private Documents read(Snapshot snapshot) {
        Documents read = next;
        next = null;
        return read != null && read.snapshot().equals(snapshot) ? read : Documents.of(snapshot);
    }

    private void log(Log log) {
        if (!verified) {
            log.warn("Configuration is what " + directory + " has: no manifest.json, so nothing is verified");
            return;
        }
        log.info("Configuration is " + live.current() + " from " + directory);
        live.refusal()
                .ifPresent(r ->
                        log.error("Configuration stays " + live.current().id().revision() + ": " + r.reason()));
    }
}
