package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/** The part of {@link Progress} that is reckoned from what is there. The names mean the same. */
record Step(Progress.Direction direction, int batch, int allowed, int surge, boolean settling, int replicas) {

    Progress progress(
            String order, Instant since, long epoch, int heard, Optional<String> hold, Optional<String> because) {
        return new Progress(
                order, direction, batch, allowed, surge, settling, replicas, since, epoch, heard, hold, because);
    }

    /** Nothing moves until it is known what is there. */
    static Step settling(Progress.Direction direction, int surge, int replicas) {
        return new Step(direction, 1, 0, surge, true, replicas);
    }

    /** All pods, in one batch. */
    Step all(int pods) {
        return new Step(direction, batch, pods, 0, false, pods);
    }

    /** The pods of the batch that came on top stay, and as many others go. */
    Step withoutSurge() {
        return new Step(direction, batch, allowed, 0, false, replicas);
    }

    boolean last() {
        return allowed >= replicas && surge == 0 && !settling;
    }
}
