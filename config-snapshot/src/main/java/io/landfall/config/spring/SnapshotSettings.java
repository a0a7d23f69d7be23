package io.landfall.config.spring;

import io.landfall.config.FollowSettings;
import io.landfall.config.SnapshotId;
import io.landfall.config.apollo.client.ClientSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * {@code landfall.config.*}, as known while configuration is still being read.
 *
 * @param enabled false: imports of snapshots find nothing
 * @param directory where the snapshot is, unless the import says so
 * @param plain what a directory without a manifest is called
 * @param apollo whether Apollo's client reads the same, where it is
 * @param follow how live revisions are heard of
 */
record SnapshotSettings(boolean enabled, String directory, SnapshotId plain, boolean apollo, FollowSettings follow) {

    private static final String DIRECTORY = "/etc/landfall/config";

    static SnapshotSettings of(Binder binder) {
        FollowSettings standard = FollowSettings.STANDARD;
        FollowSettings follow = new FollowSettings(
                text(binder, "landfall.config.follow").orElse(standard.by()),
                text(binder, "landfall.config.live-dir").map(Path::of).orElse(standard.mount()),
                text(binder, "landfall.pod.namespace"),
                binder.bind("landfall.config.patience", Duration.class).orElse(standard.patience()));
        return new SnapshotSettings(
                binder.bind("landfall.config.enabled", Boolean.class).orElse(true),
                text(binder, "landfall.config.dir").orElse(DIRECTORY),
                plain(text(binder, "spring.application.name").orElse("")),
                binder.bind(ClientSnapshot.SWITCH, Boolean.class).orElse(true),
                follow);
    }

    private static Optional<String> text(Binder binder, String name) {
        return binder.bind(name, String.class)
                .map(Optional::of)
                .orElse(Optional.empty())
                .filter(v -> !v.isBlank());
    }

    private static SnapshotId plain(String application) {
        try {
            return new SnapshotId(application.toLowerCase(Locale.ROOT), "plain", 0);
        } catch (IllegalArgumentException e) {
            return new SnapshotId("application", "plain", 0);
        }
    }
}
