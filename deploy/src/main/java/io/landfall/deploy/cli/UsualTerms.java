package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.release.StoredOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is agreed on where nobody says otherwise. */
final class UsualTerms {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private UsualTerms() {}

    /** As for the release before, so that a way back has the batches of the way there; else two batches, one after the other. */
    static Terms of(Optional<StoredOrder> before, ConductOptions said, String author) {
        Batches batches = before.map(StoredOrder::order)
                .map(ReleaseOrder::batches)
                .orElse(new Batches(List.of(new Batches.Size.Equal(), new Batches.Size.Equal())));
        Conduct conduct = before.map(StoredOrder::order)
                .map(ReleaseOrder::conduct)
                .orElse(new Conduct(
                        Strategy.STOP_FIRST, Advance.AUTOMATIC, Duration.ZERO, DEADLINE, OnFailure.PAUSE, List.of()));
        return said.terms(batches, conduct, author);
    }

    /** All pods together, whatever was usual. */
    static Terms atOnce(Terms terms) {
        return new Terms(
                new Batches(List.of(new Batches.Size.Rest())), terms.conduct(), terms.author(), terms.takeOver());
    }
}
