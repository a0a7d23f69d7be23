package io.landfall.config.apollo.client;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.directory.Snapshots;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshot that a pod has as a directory. Of no use to an application that says itself what the client reads. */
final class MountedSnapshot {

    private static final Logger log = LoggerFactory.getLogger(ClientSnapshot.class);

    private static final String DIRECTORY = "landfall.config.dir";
    private static final String STANDARD_DIRECTORY = "/etc/landfall/config";

    private final Map<String, String> environment;
    private final Properties properties;
    private final AtomicBoolean told = new AtomicBoolean();

    MountedSnapshot(Map<String, String> environment, Properties properties) {
        this.environment = environment;
        this.properties = properties;
    }

    static MountedSnapshot ofProcess() {
        return new MountedSnapshot(System.getenv(), System.getProperties());
    }

    /** Whether there is one and the client is to read it. */
    boolean isThere() {
        if (setting(ClientSnapshot.SWITCH).filter("false"::equalsIgnoreCase).isPresent()) {
            return false;
        }
        boolean there = Snapshots.isSnapshot(directory());
        if (!there && setting(DIRECTORY).isPresent() && told.compareAndSet(false, true)) {
            log.warn("There is no snapshot in {} ({}); Apollo's client asks its server", directory(), DIRECTORY);
        }
        return there;
    }

    private Path directory() {
        return Path.of(setting(DIRECTORY).orElse(STANDARD_DIRECTORY));
    }

    private FollowSettings followSettings() {
        FollowSettings standard = FollowSettings.STANDARD;
        return new FollowSettings(
                setting("landfall.config.follow").orElse(standard.by()),
                setting("landfall.config.live-dir").map(Path::of).orElse(standard.mount()),
                setting("landfall.pod.namespace").or(standard::namespace),
                standard.patience());
    }

    /** A variable is its property in capitals, with dots as underscores and without dashes. */
    private Optional<String> setting(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
        return Optional.ofNullable(properties.getProperty(name))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /**
     * Loads it, or the revision of it that is live, and follows that.
     *
     * @throws SnapshotException if it does not verify. A revision that does not load is noted, and the version itself stays
     */
    Loaded load() {
        Snapshot base = Snapshots.load(directory());
        Optional<LiveFollower> follower = follower(base);
        try {
            LiveSnapshot live = new LiveSnapshot(base);
            follower.ifPresent(f -> takeLive(f, live));
            follower.ifPresent(f -> f.follow(live));
            return new Loaded(live, follower);
        } catch (RuntimeException e) {
            follower.ifPresent(LiveFollower::close);
            throw e;
        }
    }

    private static void takeLive(LiveFollower follower, LiveSnapshot live) {
        try {
            follower.atStart().ifPresent(live::offer);
        } catch (SnapshotException e) {
            live.refuse("what is live", e);
        }
    }

    private Optional<LiveFollower> follower(Snapshot base) {
        FollowSettings settings = followSettings();
        return ServiceLoader.load(LiveFollowerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> settings.by().equals("auto") || settings.by().equals(p.name()))
                .sorted(Comparator.comparingInt(LiveFollowerProvider::order))
                .flatMap(p -> p.follower(base, settings).stream())
                .findFirst();
    }

    /** What was loaded, and what keeps it at what is live. */
    record Loaded(LiveSnapshot live, Optional<LiveFollower> follower) {

        void close() {
            follower.ifPresent(LiveFollower::close);
        }
    }
}
