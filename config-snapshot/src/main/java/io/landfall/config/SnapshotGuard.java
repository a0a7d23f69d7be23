package io.landfall.config;

import java.util.List;

/** Looks at a revision before it is taken, and may refuse it. */
@FunctionalInterface
public interface SnapshotGuard {

    /** All that speaks against it; empty: nothing. Throwing refuses it too. Never says a value. */
    List<Violation> objections(SnapshotChange change);
}
