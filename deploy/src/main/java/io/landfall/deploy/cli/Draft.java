package io.landfall.deploy.cli;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.report.ReleasePlan;
import java.util.List;

/**
 * An order that nobody has accepted yet.
 *
 * @param order what is wanted
 * @param replicas how many pods it is about
 * @param changes a line for each field that changes
 */
record Draft(ReleaseOrder order, int replicas, List<String> changes) {

    Draft {
        changes = List.copyOf(changes);
    }

    ReleasePlan plan() {
        return new ReleasePlan(order, replicas, changes, warnings());
    }

    List<String> warnings() {
        boolean alone = replicas == 1
                && order.previous().isPresent()
                && order.target() instanceof Target.NewRevision
                && order.conduct().strategy() == Strategy.STOP_FIRST;
        return alone
                ? List.of(order.workload() + " has one replica, which stops before the new one starts: the service is"
                        + " away meanwhile" + (surges() ? "; --surge starts the new one first" : ""))
                : List.of();
    }

    /** A StatefulSet has one pod of a name. */
    private boolean surges() {
        return order.workload().kind() == Kind.DEPLOYMENT;
    }
}
