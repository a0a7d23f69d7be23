package io.landfall.config.spring;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;

/** A directory that an import names. Used by the one thread that prepares an environment. */
final class SnapshotResource extends ConfigDataResource {

    private final Path directory;
    private final SnapshotSettings settings;
    private Activation activation = Activation.UNKNOWN_PROFILES;
    private @Nullable SnapshotPropertySource source;

    SnapshotResource(Path directory, SnapshotSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    Path directory() {
        return directory;
    }

    SnapshotSettings settings() {
        return settings;
    }

    /** Boot asks for profiles before it loads, or after, or both. */
    void activate(Activation now) {
        activation = now;
        if (source != null) {
            source.activate(now);
        }
    }

    SnapshotPropertySource load(MountedSnapshot mounted) {
        SnapshotPropertySource loaded = new SnapshotPropertySource(mounted, mounted.documents(), activation);
        source = loaded;
        return loaded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotResource that && directory.equals(that.directory);
    }

    @Override
    public int hashCode() {
        return directory.hashCode();
    }

    @Override
    public String toString() {
        return "snapshot in " + directory;
    }
}
