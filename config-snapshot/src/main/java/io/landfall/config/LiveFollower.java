package io.landfall.config;

import java.util.Optional;

/** Keeps an application at the revision of its version that is live. Made by a {@link LiveFollowerProvider}. */
public interface LiveFollower extends AutoCloseable {

    /**
     * What is live as the application starts; bounded in time.
     *
     * @return empty: the version itself is, or nobody knows
     * @throws SnapshotException if what is live does not verify
     */
    Optional<Snapshot> atStart();

    /** Offers every revision that becomes live, until closed; notes those that do not load. Returns at once. */
    void follow(LiveSnapshot live);

    /** Ends it; what runs ends within seconds. */
    @Override
    void close();
}
