package io.landfall.config.directory;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps snapshots in a directory, for developers, tests and file shares.
 *
 * <p>{@code <root>/<app>/<revision>/} has a snapshot's keys as files, so that it can be mounted or copied as it is, and
 * {@code <root>/<app>/<version>--live} names the revision that the version's pods follow. A snapshot is written under another name and
 * renamed when it is complete. Whoever writes holds a lock on {@code <root>/<app>/.lock}, up to a minute; a file share without locks
 * does not do. Files with secrets are readable for their owner only, where the file system knows of owners.
 */
public final class DirectoryStore implements SnapshotStore {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path root;
    private final Disk disk;
    private final Duration patience;

    /** Makes the directory when it first writes. */
    public DirectoryStore(Path root) {
        this(root, new Disk(), PATIENCE);
    }

    /** @param patience how long to wait for another writer */
    DirectoryStore(Path root, Disk disk, Duration patience) {
        this.root = root;
        this.disk = disk;
        this.patience = patience;
    }

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        return answer(() -> app(id).find(id));
    }

    /** @throws IllegalArgumentException if this is no name of an application */
    @Override
    public List<StoredSnapshot> list(String app) {
        // A name that is one leads nowhere else.
        AppDirectory directory = app(SnapshotId.of(app, "0"));
        return answer(() -> directory.exists() ? directory.list() : List.of());
    }

    @Override
    public boolean write(Snapshot snapshot) {
        StoredForm form = StoredForm.of(snapshot);
        requireRoom(snapshot, form);
        return alone(snapshot.id(), app -> {
            Optional<Snapshot> there = app.find(snapshot.id());
            if (there.isEmpty()) {
                app.write(snapshot.id(), form);
                return true;
            }
            if (!there.get().sameContent(snapshot)) {
                throw refused(
                        snapshot.id(),
                        "there is other content under this id, and a snapshot never changes",
                        "publish it under another version");
            }
            return false;
        });
    }

    @Override
    public Optional<SnapshotId> live(SnapshotId base) {
        return answer(() -> live(app(base), base.base()));
    }

    @Override
    public boolean moveLive(SnapshotId expected, SnapshotId target) {
        SnapshotId base = expected.base();
        if (!target.base().equals(base)) {
            throw refused(target, "it is no revision of " + base, "release the other version");
        }
        if (!app(base).exists()) {
            throw missing(base);
        }
        return alone(base, app -> {
            SnapshotId live = live(app, base).orElseThrow(() -> missing(base));
            if (app.find(target).isEmpty()) {
                throw missing(target);
            }
            if (!live.equals(expected)) {
                return false;
            }
            app.point(base, target);
            return true;
        });
    }

    @Override
    public void delete(SnapshotId id) {
        if (app(id).exists()) {
            alone(id, app -> {
                app.delete(id);
                return id;
            });
        }
    }

    /** {@code directory /srv/config}. */
    @Override
    public String describe() {
        return "directory " + root;
    }

    private static Optional<SnapshotId> live(AppDirectory app, SnapshotId base) throws IOException {
        if (!app.complete(base)) {
            return Optional.empty();
        }
        Optional<SnapshotId> moved = app.pointer(base);
        return moved.isPresent() ? moved : Optional.of(base);
    }

    private AppDirectory app(SnapshotId id) {
        return new AppDirectory(root, id.app(), disk);
    }

    /** What is not read back must not be written. */
    private void requireRoom(Snapshot snapshot, StoredForm form) {
        long bytes = form.data().values().stream().mapToLong(b -> b.length).sum();
        if (bytes > Bounds.OF_SNAPSHOT.bytes() || form.data().size() > Bounds.OF_SNAPSHOT.files()) {
            throw refused(
                    snapshot.id(),
                    bytes + " bytes in " + form.data().size() + " keys are more than " + Bounds.OF_SNAPSHOT.bytes()
                            + " in " + Bounds.OF_SNAPSHOT.files(),
                    "keep large files elsewhere");
        }
    }

    private SnapshotException missing(SnapshotId id) {
        return refused(id, "there is no such snapshot", "publish it first");
    }

    private SnapshotException refused(SnapshotId id, String problem, String remedy) {
        return new SnapshotException("Snapshot " + id, List.of(new Violation(describe(), problem, remedy)));
    }

    private <T> T alone(SnapshotId id, Change<T> change) {
        return answer(() -> {
            AppDirectory app = app(id);
            AppLock lock = AppLock.of(app.made(), patience);
            try {
                return change.in(app);
            } finally {
                lock.close();
            }
        });
    }

    private <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new UnavailableException(
                    "Store " + root,
                    new Violation(
                            describe(),
                            "it does not answer: " + e,
                            "look at the directory and at what this process may do there, and try again"),
                    e);
        }
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private interface Change<T> {
        T in(AppDirectory app) throws IOException;
    }
}
