package io.landfall.config;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store has of a snapshot, without having read it.
 *
 * @param id which
 * @param created when it was made; of leftovers, when the store got them
 * @param complete false: what a publisher left that was interrupted; it cannot be loaded
 * @param live of a version whose pointer was moved: the hot revision that its pods follow, or the version itself. Empty: never moved
 */
public record StoredSnapshot(SnapshotId id, Instant created, boolean complete, Optional<SnapshotId> live) {}
