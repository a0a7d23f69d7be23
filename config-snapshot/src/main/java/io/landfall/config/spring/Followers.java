package io.landfall.config.spring;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The ways to hear of live revisions that are on the class path. */
final class Followers {

    private static final String AUTO = "auto";
    private static final String NONE = "none";

    private Followers() {}

    /**
     * The way that settings name, or the first that is there.
     *
     * @throws SnapshotException if settings name one that nobody knows
     */
    static Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
        if (settings.by().equals(NONE)) {
            return Optional.empty();
        }
        List<LiveFollowerProvider> providers = providers();
        if (!settings.by().equals(AUTO)) {
            providers = List.of(named(settings.by(), providers));
        }
        return providers.stream()
                .flatMap(p -> p.follower(base, settings).stream())
                .findFirst();
    }

    /** Offers what is live as an application starts. Whatever is wrong with that is noted, and the version itself stays. */
    static void takeLive(LiveSnapshot live, FollowSettings settings) {
        Optional<LiveFollower> found = follower(live.current(), settings);
        if (found.isEmpty()) {
            return;
        }
        try (LiveFollower follower = found.get()) {
            follower.atStart().ifPresent(live::offer);
        } catch (SnapshotException e) {
            live.refuse("what is live", e);
        } catch (RuntimeException e) {
            live.refuse("what is live", failed(live.current(), e));
        }
    }

    /** Without its message, which may have a value in it. */
    private static SnapshotException failed(Snapshot base, RuntimeException e) {
        return new SnapshotException(
                "What is live of " + base.id(),
                List.of(new Violation(
                        "landfall.config.follow",
                        "it failed with " + e.getClass().getName(),
                        "see its log")),
                e);
    }

    private static LiveFollowerProvider named(String name, List<LiveFollowerProvider> providers) {
        return providers.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SnapshotException(
                        "The configuration",
                        List.of(new Violation(
                                "landfall.config.follow",
                                "'" + name + "' is no way to follow that is on the class path",
                                "write auto, none"
                                        + providers.stream()
                                                .map(p -> " or " + p.name())
                                                .collect(Collectors.joining())))));
    }

    private static List<LiveFollowerProvider> providers() {
        return ServiceLoader.load(LiveFollowerProvider.class, LiveFollowerProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(LiveFollowerProvider::order))
                .toList();
    }
}
