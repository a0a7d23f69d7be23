package io.landfall.deploy.report;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.util.ArrayList;
import java.util.List;

/** What an order will do, batch by batch. */
final class Plans {

    private Plans() {}

    /** How many pods each batch changes. What was not there before comes at once: nobody uses it yet. */
    static List<Integer> sizes(ReleaseOrder order, int replicas) {
        if (order.previous().isEmpty()) {
            return replicas == 0 ? List.of() : List.of(replicas);
        }
        List<Integer> reached = order.target() instanceof Target.Scale scale
                // No percentage says this, so it is exact as for a StatefulSet.
                ? order.batches().cumulative(Kind.STATEFUL_SET, Math.abs(scale.replicas() - before(order)))
                : order.batches().cumulative(order.workload().kind(), replicas);
        List<Integer> sizes = new ArrayList<>();
        int before = 0;
        for (int next : reached) {
            sizes.add(next - before);
            before = next;
        }
        return sizes;
    }

    private static int before(ReleaseOrder order) {
        return order.previous().map(Target.Revision::replicas).orElse(0);
    }
}
