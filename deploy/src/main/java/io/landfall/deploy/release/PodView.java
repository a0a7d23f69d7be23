package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/**
 * A pod of the workload.
 *
 * @param name what it is called
 * @param uid which of several that have been called so
 * @param current whether it was made from the workload's present template
 * @param terminating whether it was told to go
 * @param readySince since when it is ready; empty: it is not
 * @param unreadySince since when it is not ready, or was told to go; empty: it is ready, or nobody knows
 * @param restarts of its containers, together
 * @param restartedAt when the last of these were; empty: there were none
 * @param trouble why it is not ready, in one line; empty: nothing is known
 */
public record PodView(
        String name,
        String uid,
        boolean current,
        boolean terminating,
        Optional<Instant> readySince,
        Optional<Instant> unreadySince,
        int restarts,
        Optional<Instant> restartedAt,
        Optional<String> trouble) {

    /** Counts as a pod of the new template. */
    boolean fresh() {
        return current && !terminating;
    }

    /** Has to go yet. */
    boolean old() {
        return !current && !terminating;
    }
}
