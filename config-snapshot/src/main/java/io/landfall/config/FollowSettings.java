package io.landfall.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an application hears of live revisions.
 *
 * @param by {@code api}, {@code mount}, {@code none}, or {@code auto}: the first way that is there
 * @param mount where the live pointer of the version is mounted, {@code /etc/landfall/config-live} in a pod
 * @param namespace where the snapshot is; empty: the pod's own
 * @param patience how long a start waits for what is live; positive
 */
public record FollowSettings(String by, Path mount, Optional<String> namespace, Duration patience) {

    /**
     * Checks the patience.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public FollowSettings {
        if (patience.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("A start waits a positive time for what is live, not " + patience);
        }
    }

    /** Whatever is there, in a pod made by Landfall's templates; 5 s. */
    public static final FollowSettings STANDARD =
            new FollowSettings("auto", Path.of("/etc/landfall/config-live"), Optional.empty(), Duration.ofSeconds(5));
}
