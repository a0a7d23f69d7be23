package io.landfall.config;

import java.util.List;
import java.util.Optional;

/**
 * Keeps snapshots, each under its {@link SnapshotId}, whole or not at all. Implementations are safe for several threads and several
 * processes, bound each request in time, and retry what may be retried.
 *
 * <p>Every method throws {@link UnavailableException} if the store does not answer, and {@link SnapshotException} where it is said.
 * {@code SnapshotStoreContract} tests what is said here.
 */
public interface SnapshotStore {

    /**
     * Reads and verifies.
     *
     * @return empty if there is none, or only what an interrupted publisher left
     * @throws SnapshotException if it does not verify: every file that is concerned
     */
    Optional<Snapshot> find(SnapshotId id);

    /** All of an application, also incomplete ones, sorted by id. */
    List<StoredSnapshot> list(String app);

    /**
     * Writes all of it or nothing that could be loaded. Leftovers of an interrupted attempt are finished or replaced.
     *
     * @return false if the same content is there under this id already: nothing changes, nor the manifest that is there
     * @throws SnapshotException if other content is there under this id; if it is larger than the store allows
     */
    boolean write(Snapshot snapshot);

    /**
     * Which revision the pods of a version follow.
     *
     * @param base a version, not a hot revision
     * @return the version itself if it was never moved; empty if there is no such version
     */
    Optional<SnapshotId> live(SnapshotId base);

    /**
     * Makes the pods of a version follow another revision of it. Moving to where it is repairs what an interrupted move left.
     *
     * @param expected where the pointer is thought to be
     * @param target the version itself or a hot revision of it that is there, complete
     * @return false if the pointer is elsewhere by now: nothing changes
     * @throws SnapshotException if there is no such version or target, or the two are of different versions
     */
    boolean moveLive(SnapshotId expected, SnapshotId target);

    /** Removes a snapshot, so that a removal that is interrupted leaves nothing that could be loaded. Not there: nothing happens. */
    void delete(SnapshotId id);

    /** Which store, for logs: without user, password or query. */
    String describe();
}
