package io.landfall.config;

import java.util.Optional;

/** A way to hear of live revisions, found by {@link java.util.ServiceLoader}. */
public interface LiveFollowerProvider {

    /** {@code api} or {@code mount}: what {@link FollowSettings#by()} chooses among. */
    String name();

    /** Lower ones are asked first: a way that tells sooner. */
    int order();

    /**
     * A follower for what an application started with.
     *
     * @return empty if this way is not there in this process (no rights, no mount); the log says why where it was asked for by name
     */
    Optional<LiveFollower> follower(Snapshot base, FollowSettings settings);
}
