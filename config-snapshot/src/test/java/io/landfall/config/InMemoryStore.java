package io.landfall.config;

import io.landfall.config.layout.StoredForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps what is stored of snapshots in maps; several instances may share one {@link Data}. */
public final class InMemoryStore implements SnapshotStore {

    private final Data data;

    /** With nothing in it. */
    public InMemoryStore() {
        this(new Data());
    }

    /** On data that others may have too. */
    public InMemoryStore(Data data) {
        this.data = data;
    }

    /** What a store has. */
    public static final class Data {

        private final SortedMap<SnapshotId, SortedMap<String, byte[]>> snapshots = new TreeMap<>();
        private final SortedMap<SnapshotId, Instant> leftovers = new TreeMap<>();
        private final SortedMap<SnapshotId, SnapshotId> live = new TreeMap<>();
    }

    /** What a publisher leaves that dies before it has written the first object. */
    public void leave(SnapshotId id, Instant when) {
        synchronized (data) {
            data.leftovers.put(id, when);
        }
    }

    /** Changes a byte of a file. */
    public void damage(SnapshotId id, String path) {
        synchronized (data) {
            Map<String, byte[]> stored = Objects.requireNonNull(data.snapshots.get(id));
            Objects.requireNonNull(stored.get(new FileName(path).key()))[0]++;
        }
    }

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        synchronized (data) {
            return Optional.ofNullable(data.snapshots.get(id)).map(stored -> StoredForm.read(id, stored));
        }
    }

    @Override
    public List<StoredSnapshot> list(String app) {
        synchronized (data) {
            SortedMap<SnapshotId, StoredSnapshot> all = new TreeMap<>();
            data.leftovers.forEach((id, when) -> all.put(id, new StoredSnapshot(id, when, false, Optional.empty())));
            data.snapshots.forEach((id, stored) -> all.put(id, listed(id, stored)));
            return all.values().stream().filter(s -> s.id().app().equals(app)).toList();
        }
    }

    private StoredSnapshot listed(SnapshotId id, Map<String, byte[]> stored) {
        Instant created = StoredForm.manifest(stored).created();
        return new StoredSnapshot(id, created, true, Optional.ofNullable(data.live.get(id)));
    }

    @Override
    public boolean write(Snapshot snapshot) {
        synchronized (data) {
            Optional<Snapshot> there = find(snapshot.id());
            if (there.isPresent() && !there.get().sameContent(snapshot)) {
                throw refused(snapshot.id(), "other content is there");
            }
            if (there.isPresent()) {
                return false;
            }
            SortedMap<String, byte[]> stored =
                    new TreeMap<>(StoredForm.of(snapshot).data());
            stored.replaceAll((key, bytes) -> bytes.clone());
            data.snapshots.put(snapshot.id(), stored);
            data.leftovers.remove(snapshot.id());
            return true;
        }
    }

    @Override
    public Optional<SnapshotId> live(SnapshotId base) {
        synchronized (data) {
            return data.snapshots.containsKey(base)
                    ? Optional.of(data.live.getOrDefault(base, base))
                    : Optional.empty();
        }
    }

    @Override
    public boolean moveLive(SnapshotId expected, SnapshotId target) {
        SnapshotId base = expected.base();
        synchronized (data) {
            if (!target.base().equals(base)) {
                throw refused(target, "it is of another version");
            }
            if (!data.snapshots.containsKey(base) || !data.snapshots.containsKey(target)) {
                throw refused(target, "there is no such version or revision");
            }
            boolean there = live(base).equals(Optional.of(expected));
            if (there) {
                data.live.put(base, target);
            }
            return there;
        }
    }

    @Override
    public void delete(SnapshotId id) {
        synchronized (data) {
            data.snapshots.remove(id);
            data.leftovers.remove(id);
            data.live.remove(id);
        }
    }

    @Override
    public String describe() {
        return "memory";
    }

    private SnapshotException refused(SnapshotId id, String problem) {
        return new SnapshotException(
                "Snapshot " + id, List.of(new Violation(describe(), problem, "look what is there")));
    }
}
