package io.landfall.config;

import java.util.Optional;

/**
 * What to publish. Immutable; {@link #of} begins, the rest adds.
 *
 * @param id a version; for {@link SnapshotPublisher#publishHot} the version whose hot revision it becomes
 * @param source where the files come from
 * @param author who asks; may be empty
 * @param comment why; may be empty
 * @param compareWith what the diff is against, if not what is live
 * @param dryRun checks everything, writes nothing
 */
public record PublishRequest(
        SnapshotId id,
        ConfigurationSource source,
        String author,
        String comment,
        Optional<SnapshotId> compareWith,
        boolean dryRun) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is a hot revision's: their numbers are given by the publisher
     */
    public PublishRequest {
        if (id.isHot()) {
            throw new IllegalArgumentException(
                    id + " is a hot revision: name its version, " + id.base().revision());
        }
    }

    /** From this source, under this id. */
    public static PublishRequest of(SnapshotId id, ConfigurationSource source) {
        return new PublishRequest(id, source, "", "", Optional.empty(), false);
    }

    /** Who, and why. */
    public PublishRequest by(String who, String why) {
        return new PublishRequest(id, source, who, why, compareWith, dryRun);
    }

    /** Against which other snapshot. */
    public PublishRequest comparedWith(SnapshotId other) {
        return new PublishRequest(id, source, author, comment, Optional.of(other), dryRun);
    }

    /** Without writing anything. */
    public PublishRequest asDryRun() {
        return new PublishRequest(id, source, author, comment, compareWith, true);
    }
}
