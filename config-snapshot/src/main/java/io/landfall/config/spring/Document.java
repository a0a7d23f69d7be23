package io.landfall.config.spring;

import io.landfall.config.SnapshotFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.Profiles;

/**
 * One document of a file: a file has one, unless it is YAML or properties with separators in it.
 *
 * @param file which it is in
 * @param position in the file, from 0
 * @param values by keys as they are written, without {@code spring.config.activate}; not changed by anybody
 * @param startOnly those of them that Boot looks at when it starts, and never again
 * @param onProfile expressions, any of which must be true; empty: always
 * @param onPlatform as it is written; null: on every one
 * @param origins where keys are
 */
record Document(
        SnapshotFile file,
        int position,
        Map<String, Object> values,
        SortedMap<String, Object> startOnly,
        List<String> onProfile,
        @Nullable String onPlatform,
        OriginLookup<String> origins) {

    private static final String APPLICATION = "application";

    /** {@code application-prod.yaml} is for a profile, whether that is accepted or not; null: for all. */
    @Nullable
    String profileOfFile() {
        String name = nameWithoutEnd();
        return name.startsWith(APPLICATION + "-") ? name.substring(APPLICATION.length() + 1) : null;
    }

    boolean ofApplication() {
        return nameWithoutEnd().equals(APPLICATION);
    }

    /** Whether only some starts read it. */
    boolean conditional() {
        return profileOfFile() != null || !onProfile.isEmpty() || onPlatform != null;
    }

    boolean active(Activation activation) {
        String profile = profileOfFile();
        return (profile == null || activation.rank(profile) >= 0)
                && (onProfile.isEmpty() || matches(activation))
                && (onPlatform == null || onThe(activation));
    }

    /** By its place: what is there follows from the file. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document that && file.equals(that.file) && position == that.position;
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + position;
    }

    /** Never its values. */
    @Override
    public String toString() {
        return file.name() + " (document " + position + ")";
    }

    @Nullable
    Origin origin(String key) {
        return origins.getOrigin(key);
    }

    private boolean matches(Activation activation) {
        return activation.profiles() != null
                && Profiles.of(onProfile.toArray(String[]::new)).matches(p -> activation.rank(p) >= 0);
    }

    private boolean onThe(Activation activation) {
        // Both as Boot's binder would read them.
        CloudPlatform platform = activation.platform();
        return platform != null
                && Spelling.uniform(platform.name()).equals(Spelling.uniform(String.valueOf(onPlatform)));
    }

    private String nameWithoutEnd() {
        String path = file.name().path();
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
