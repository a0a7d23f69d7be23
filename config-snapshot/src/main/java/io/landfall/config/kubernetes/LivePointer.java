package io.landfall.config.kubernetes;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.util.List;
import java.util.Optional;

/** Which revision the pods of a version follow: an annotation on the version's first object, and a copy for pods that mount it. */
final class LivePointer {

    private final ApiObjects objects;
    private final SnapshotObjects snapshots;
    private final MountedPointers mounted;

    LivePointer(ApiObjects objects, SnapshotObjects snapshots) {
        this.objects = objects;
        this.snapshots = snapshots;
        this.mounted = new MountedPointers(objects);
    }

    /** The version itself, if it was never moved; empty if there is no such version. */
    Optional<SnapshotId> of(SnapshotId base) {
        return snapshots.first(base).map(first -> SnapshotLabels.live(base, first.metadata(), objects.place(first)));
    }

    /** Moves it; false if it is elsewhere than expected. */
    boolean move(SnapshotId expected, SnapshotId target) {
        Snapshot live = snapshots.find(target).orElseThrow(() -> missing(target));
        if (!annotated(expected, target)) {
            return false;
        }
        SnapshotId base = target.base();
        for (int turn = 0; turn < ApiObjects.TURNS; turn++) {
            MountedPointers.Found found = mounted.find(base);
            Optional<SnapshotId> now = of(base);
            Optional<Snapshot> wanted = now.flatMap(id -> id.equals(target) ? Optional.of(live) : snapshots.find(id));
            // Whoever moves it meanwhile may find no copy, and this one may be written after that.
            if (wanted.isEmpty() || (mounted.bring(base, wanted.get(), found) && of(base).equals(now))) {
                return true;
            }
        }
        throw objects.contention(base);
    }

    private boolean annotated(SnapshotId expected, SnapshotId target) {
        SnapshotId base = target.base();
        boolean maybeMoved = expected.equals(target);
        for (int turn = 0; turn < ApiObjects.TURNS; turn++) {
            ApiObject first = snapshots.first(base).orElseThrow(() -> missing(base));
            SnapshotId now = SnapshotLabels.live(base, first.metadata(), objects.place(first));
            if (maybeMoved && now.equals(target)) {
                return true;
            }
            if (!now.equals(expected)) {
                return false;
            }
            if (objects.annotate(first, SnapshotLabels.LIVE, target.revision())) {
                return true;
            }
            // A conflict is also what an attempt hears that comes after one whose answer was lost.
            maybeMoved = true;
        }
        throw objects.contention(base);
    }

    void delete(SnapshotId base) {
        mounted.delete(base);
    }

    private SnapshotException missing(SnapshotId id) {
        return new SnapshotException(
                "Live revision of " + id.base(),
                List.of(new Violation(
                        objects.place(false, StoredForm.nameOf(id)),
                        "there is no snapshot " + id,
                        "publish it first")));
    }
}
