package io.landfall.deploy.cli;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import java.util.List;
import java.util.Optional;

/** For whoever only wants to see what would be stored. */
final class NoStore implements SnapshotStore {

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        return Optional.empty();
    }

    @Override
    public List<StoredSnapshot> list(String app) {
        return List.of();
    }

    @Override
    public boolean write(Snapshot snapshot) {
        throw new UnsupportedOperationException("nothing is stored here");
    }

    @Override
    public Optional<SnapshotId> live(SnapshotId base) {
        return Optional.empty();
    }

    @Override
    public boolean moveLive(SnapshotId expected, SnapshotId target) {
        throw new UnsupportedOperationException("nothing is stored here");
    }

    @Override
    public void delete(SnapshotId id) {
        throw new UnsupportedOperationException("nothing is stored here");
    }

    @Override
    public String describe() {
        return "nowhere";
    }
}
