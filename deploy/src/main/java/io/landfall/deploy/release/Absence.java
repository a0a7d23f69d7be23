package io.landfall.deploy.release;

import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.util.Optional;

/** An order whose workload is not there: its first release, or somebody deleted it. */
final class Absence {

    private final Situation situation;

    Absence(Situation situation) {
        this.situation = situation;
    }

    Decision decide() {
        if (situation.canGoBack() || !(situation.order().target() instanceof Target.NewRevision target)) {
            return situation.conclude(
                    Result.REFUSED, situation.order().workload() + " is gone: somebody deleted it. Release it anew");
        }
        return switch (situation.directive().wish()) {
            case STAY -> situation.conclude(Result.STAYED, "ended before it began");
            case BACK -> situation.conclude(Result.ROLLED_BACK, "ended before it began");
            case PAUSE -> Situation.waiting("paused before it began");
            case RUN -> create(target);
        };
    }

    private Decision create(Target.NewRevision target) {
        if (!situation.prepared().getAsBoolean()) {
            return new Decision.Prepare(target.first());
        }
        int pods = target.revision().replicas();
        Step all = new Step(Direction.FORWARD, 1, pods, 0, false, pods);
        return new Decision.Write(situation.progress(all, Optional.empty()), fields(), pods);
    }

    private Fields fields() {
        return situation.order().workload().kind() == WorkloadName.Kind.DEPLOYMENT
                ? new Fields(DeploymentCourse.NEVER_AVAILABLE, "0%", "100%", 0, false)
                : Fields.partition(0);
    }
}
