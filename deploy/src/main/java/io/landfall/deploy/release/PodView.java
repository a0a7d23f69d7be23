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
 * @param restarts of its containers, together
 * @param trouble why it is not ready, in one line; empty: nothing is known
 */
public record PodView(
        String name,
        String uid,
        boolean current,
        boolean terminating,
        Optional<Instant> readySince,
        int restarts,
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
