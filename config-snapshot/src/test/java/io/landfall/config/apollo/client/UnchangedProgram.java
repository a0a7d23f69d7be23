package io.landfall.config.apollo.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import com.ctrip.framework.apollo.model.ConfigChange;
import com.ctrip.framework.apollo.model.ConfigChangeEvent;
import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A program without Spring that knows Apollo's client and nothing of Landfall; what follows revisions is not part of it. */
final class UnchangedProgram {

    private UnchangedProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        BlockingQueue<ConfigChangeEvent> events = new LinkedBlockingQueue<>();
        Config config = ConfigService.getAppConfig();
        config.addChangeListener(events::add);
        say("greeting=" + config.getProperty("greeting", "none"));
        say("source=" + config.getSourceType());
        say("yaml=" + ConfigService.getConfig("db.yaml").getProperty("size", "none"));
        say("file="
                + ConfigService.getConfigFile("rules", ConfigFileFormat.JSON).getContent());
        say("missing=" + ConfigService.getConfig("missing").getProperty("size", "none"));
        ConfigChangeEvent event = Revision.publish() ? events.poll(10, SECONDS) : null;
        ConfigChange change = event == null ? null : event.getChange("greeting");
        say("changed=" + (change == null ? "nothing" : change.getOldValue() + " -> " + change.getNewValue()));
        Thread.getAllStackTraces().keySet().forEach(t -> say("thread=" + t.getName()));
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Stands for what makes hot revisions and tells of them. */
    public static final class Revision implements LiveFollowerProvider {

        private static volatile @Nullable LiveSnapshot followed;

        static boolean publish() {
            LiveSnapshot live = followed;
            return live != null && live.offer(revision(live.current().id()));
        }

        private static Snapshot revision(SnapshotId base) {
            return Snapshot.builder(base.hot(1))
                    .file(SnapshotFile.of("application.properties", "greeting=good evening"))
                    .build();
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public int order() {
            return 0;
        }

        @Override
        public Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
            return Optional.of(new LiveFollower() {
                @Override
                public Optional<Snapshot> atStart() {
                    return Optional.empty();
                }

                @Override
                public void follow(LiveSnapshot live) {
                    followed = live;
                }

                @Override
                public void close() {
                    followed = null;
                }
            });
        }
    }
}
