package io.landfall.config;

import java.util.Optional;

/**
 * What became of a request to publish.
 *
 * @param outcome what happened
 * @param snapshot what was published, was there already, or would be published
 * @param before what it was compared with: the revision that was live, or that the request named
 */
public record Publication(Outcome outcome, Snapshot snapshot, Optional<Snapshot> before) {

    /** What happened. */
    public enum Outcome {
        /** It was written, and for a hot revision the pointer moved. */
        PUBLISHED,
        /** The same content was there already. */
        UNCHANGED,
        /** A dry run: everything was checked, nothing was written. */
        CHECKED
    }
}
