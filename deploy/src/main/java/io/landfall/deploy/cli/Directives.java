package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.StoredOrder;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What somebody says of a release, written as often as somebody else was faster. */
record Directives(ReleaseDesk desk) {

    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /**
     * Says it.
     *
     * @param running reads the order, and refuses one that has ended
     * @param change what is said, from what is there
     */
    StoredOrder say(Supplier<StoredOrder> running, BiFunction<ReleaseDesk, StoredOrder, Directive> change)
            throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredOrder seen = running.get();
            StoredOrder changed = seen.with(change.apply(desk, seen));
            if (desk.cluster().write(changed) == Written.DONE) {
                return changed;
            }
            desk.awaitChange(PAUSE);
        }
        throw new RefusedException(List.of(new Violation(
                "the release", "others change it all the time", "try again; landfall status shows who does")));
    }
}
