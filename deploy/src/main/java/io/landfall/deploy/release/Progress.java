package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a release is, as it stands in an annotation of its workload. It changes only together with the fields that it describes, in one
 * write.
 *
 * @param order which order
 * @param direction where to
 * @param batch which batch is admitted, from 1
 * @param allowed how many pods may have the template of this direction
 * @param surging whether pods of the batch come before others go
 * @param since when the batch was admitted
 * @param epoch of the engine that wrote it: how often the engines' lease had changed hands. A lower one may not write after it
 * @param hold why it goes no further without a person; empty: it does
 */
public record Progress(
        String order,
        Direction direction,
        int batch,
        int allowed,
        boolean surging,
        Instant since,
        long epoch,
        Optional<String> hold) {

    /** Where to. */
    public enum Direction {
        /** To the order's target. */
        FORWARD,
        /** To what was there before. */
        BACK
    }
}
