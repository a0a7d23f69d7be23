package io.landfall.config.apollo.client;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotGuard;
import io.landfall.config.SnapshotListener;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot, and the namespaces that were read from it.
 *
 * <p>One lock is over all: no revision comes between the reading of a namespace and its entry here.
 */
final class SnapshotInUse {

    private static final Logger log = LoggerFactory.getLogger(ClientSnapshot.class);

    private final MountedSnapshot mounted;
    private final List<NamespaceRepository> read = new ArrayList<>();
    private final Set<String> readFromServer = new TreeSet<>();
    private final Set<String> knownMissing = new TreeSet<>();

    private @Nullable LiveSnapshot followed;
    private @Nullable Snapshot current;
    private Runnable end = () -> {};

    SnapshotInUse(MountedSnapshot mounted) {
        this.mounted = mounted;
    }

    /** Whether there is anything to read; looks for a mounted snapshot, and does not load it. */
    synchronized boolean available() {
        return current != null || mounted.isThere();
    }

    /** Notes that Apollo's own way has this namespace. */
    synchronized void leaveToServer(String namespace) {
        readFromServer.add(namespace);
    }

    Runnable use(LiveSnapshot next) {
        Runnable endBefore;
        Runnable endNext;
        synchronized (this) {
            refuseMixture();
            endBefore = end;
            endNext = follow(next, () -> {});
        }
        // Without the lock: it may wait for a thread that brings a revision, and wants the lock.
        endBefore.run();
        return endNext;
    }

    private void refuseMixture() {
        if (!readFromServer.isEmpty()) {
            throw new IllegalStateException("Apollo's client has read " + readFromServer
                    + " from its own server, before a snapshot was in use: call ClientSnapshot.use before the first"
                    + " ConfigService.getConfig");
        }
    }

    /**
     * Reads a namespace.
     *
     * @param reader makes what Apollo's users get, which adds itself to the repository's listeners
     * @throws SnapshotException if the file cannot be parsed, or a mounted snapshot does not load
     */
    synchronized <T> T read(NamespaceRepository repository, Function<NamespaceRepository, T> reader) {
        Snapshot snapshot = current();
        repository.become(repository.of(snapshot));
        tellIfMissing(repository, snapshot);
        T result = reader.apply(repository);
        read.add(repository);
        return result;
    }

    private Snapshot current() {
        if (current == null) {
            MountedSnapshot.Loaded loaded = mounted.load();
            follow(loaded.live(), loaded::close);
        }
        return Objects.requireNonNull(current);
    }

    /** Hears of revisions before it looks at the current one, so that none is missed. */
    private Runnable follow(LiveSnapshot next, Runnable close) {
        SnapshotGuard guard = change -> objections(next, change.after());
        SnapshotListener listener = change -> revise(next, change.after());
        Runnable forgetGuard = next.add(guard);
        Runnable forgetListener = next.add(listener);
        Runnable endNext = () -> {
            forgetListener.run();
            forgetGuard.run();
            close.run();
        };
        try {
            become(next.current());
        } catch (SnapshotException e) {
            endNext.run();
            throw e;
        }
        followed = next;
        end = endNext;
        log.info("Apollo's client reads {}", next.current());
        return endNext;
    }

    /** Others than the followed one may be on their way out. */
    private synchronized List<Violation> objections(LiveSnapshot from, Snapshot snapshot) {
        return from == followed ? objections(snapshot) : List.of();
    }

    private synchronized void revise(LiveSnapshot from, Snapshot snapshot) {
        if (from == followed) {
            become(snapshot);
        }
    }

    /** Parses everything before it changes anything. */
    private void become(Snapshot snapshot) {
        List<Violation> objections = objections(snapshot);
        if (!objections.isEmpty()) {
            throw new SnapshotException("Snapshot " + snapshot.id(), objections);
        }
        List<Runnable> changes = new ArrayList<>();
        read.forEach(r -> {
            NamespaceRepository.Content content = r.of(snapshot);
            changes.add(() -> r.become(content));
        });
        changes.forEach(Runnable::run);
        current = snapshot;
    }

    private List<Violation> objections(Snapshot snapshot) {
        List<Violation> objections = new ArrayList<>();
        read.forEach(r -> {
            try {
                r.of(snapshot);
            } catch (SnapshotException e) {
                objections.addAll(e.violations());
            }
        });
        // A file that is read as Config and as ConfigFile is wrong once.
        return objections.stream().distinct().toList();
    }

    private void tellIfMissing(NamespaceRepository repository, Snapshot snapshot) {
        String path = repository.file().path();
        if (repository.missing() && knownMissing.add(path)) {
            log.warn(
                    "Namespace {} is empty: {} has no file {}, and no server is asked. Its files are {}",
                    repository.namespace(),
                    snapshot.id(),
                    path,
                    snapshot.files().stream().map(f -> f.name().path()).toList());
        }
    }
}
