package io.landfall.config.spring;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code landfall.config.follow=test}: what is live is what a test says. */
public final class TestFollowers implements LiveFollowerProvider {

    static volatile Supplier<Optional<Snapshot>> live = Optional::empty;
    static final List<LiveSnapshot> FOLLOWING = new CopyOnWriteArrayList<>();

    /** Made by the service loader. */
    public TestFollowers() {}

    /** Nothing is live. */
    static void reset() {
        live = Optional::empty;
        FOLLOWING.clear();
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
        return settings.by().equals("test") ? Optional.of(new Follower()) : Optional.empty();
    }

    private static final class Follower implements LiveFollower {

        private @Nullable LiveSnapshot followed;

        @Override
        public Optional<Snapshot> atStart() {
            return live.get();
        }

        @Override
        public void follow(LiveSnapshot snapshot) {
            followed = snapshot;
            FOLLOWING.add(snapshot);
        }

        @Override
        public void close() {
            if (followed != null) {
                FOLLOWING.remove(followed);
            }
        }
    }
}
