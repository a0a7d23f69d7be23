package io.landfall.config;

import java.util.Map;
import java.util.SortedSet;

/** Who needs which snapshots. */
@FunctionalInterface
public interface References {

    /** Nobody needs any. */
    References NONE = app -> Map.of();

    /**
     * All snapshots of an application that something names, each with what names it ({@code ReplicaSet shop/orders-6c5f}).
     *
     * @throws UnavailableException if that cannot be said for sure: nothing may be deleted then
     */
    Map<SnapshotId, SortedSet<String>> of(String app);
}
