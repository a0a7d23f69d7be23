package io.landfall.deploy.report;

import io.landfall.deploy.release.Progress.Direction;
import java.time.Instant;

/**
 * The batch that a release is at.
 *
 * @param number from 1
 * @param of how many there are
 * @param allowed how many pods may have the template of this direction
 * @param direction where to
 * @param since when it was admitted
 */
public record BatchStatus(int number, int of, int allowed, Direction direction, Instant since) {

    @Override
    public String toString() {
        return number + " of " + of;
    }
}
