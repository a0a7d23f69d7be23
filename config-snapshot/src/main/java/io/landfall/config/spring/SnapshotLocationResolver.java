package io.landfall.config.spring;

import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;

/** Finds {@code snapshot:}. Boot makes one for each environment that it prepares. */
final class SnapshotLocationResolver implements ConfigDataLocationResolver<SnapshotResource> {

    private static final String PREFIX = "snapshot:";

    private @Nullable SnapshotResource resolved;

    SnapshotLocationResolver() {}

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(PREFIX);
    }

    @Override
    public List<SnapshotResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        SnapshotSettings settings = SnapshotSettings.of(context.getBinder());
        String named = location.getNonPrefixedValue(PREFIX);
        Path directory = Path.of(named.isBlank() ? settings.directory() : named)
                .toAbsolutePath()
                .normalize();
        if (resolved == null) {
            resolved = new SnapshotResource(directory, settings);
        } else if (!resolved.directory().equals(directory)) {
            throw new SnapshotException(
                    "The configuration",
                    List.of(new Violation(
                            "spring.config.import",
                            "it names two snapshots, in " + resolved.directory() + " and in " + directory,
                            "leave one of them; publish both as one if they belong together")));
        }
        return List.of(resolved);
    }

    @Override
    public List<SnapshotResource> resolveProfileSpecific(
            ConfigDataLocationResolverContext context, ConfigDataLocation location, Profiles profiles) {
        if (resolved != null) {
            resolved.activate(Activation.of(profiles, context.getBinder()));
        }
        return List.of();
    }
}
