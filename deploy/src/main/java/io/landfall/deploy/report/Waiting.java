package io.landfall.deploy.report;

import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.ReleaseDecisions;
import io.landfall.deploy.release.Situation;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Verdict;
import io.landfall.deploy.release.WorkloadView;
import java.time.Instant;
import java.util.Optional;

/** What an engine would say if it were asked why it does nothing. */
final class Waiting {

    private Waiting() {}

    /** Empty: it would do something, or its gates say no, which nobody knows here. */
    static Optional<String> of(StoredOrder stored, Optional<WorkloadView> workload, Instant now) {
        Situation situation = new Situation(
                stored, workload, AutoscalerState.NONE, () -> true, Verdict.Passed::new, now, Long.MAX_VALUE);
        return ReleaseDecisions.decide(situation) instanceof Decision.Wait wait
                ? Optional.of(wait.why())
                : Optional.empty();
    }
}
