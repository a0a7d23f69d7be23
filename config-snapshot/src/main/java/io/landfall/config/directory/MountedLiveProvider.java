package io.landfall.config.directory;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.Snapshot;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows live revisions by a mount ({@link FollowSettings#mount()}), without any right at the API server; a change takes the kubelet
 * up to a minute and a half.
 */
public final class MountedLiveProvider implements LiveFollowerProvider {

    private static final Logger log = LoggerFactory.getLogger(MountedLiveProvider.class);

    private static final int ORDER = 200;

    /** Where the system does not tell of changes. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** For {@link java.util.ServiceLoader}. */
    public MountedLiveProvider() {}

    @Override
    public String name() {
        return "mount";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
        if (Files.isDirectory(settings.mount())) {
            return Optional.of(new MountedLive(base, settings.mount(), CHECK));
        }
        if (settings.by().equals(name())) {
            log.warn(
                    "Live revisions of {} are not followed: there is no directory {}; mount the live pointer there, as optional",
                    base.id(),
                    settings.mount());
        }
        return Optional.empty();
    }
}
