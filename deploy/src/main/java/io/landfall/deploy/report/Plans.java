package io.landfall.deploy.report;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import java.util.ArrayList;
import java.util.List;

/** What an order will do, batch by batch. */
final class Plans {

    private Plans() {}

    /** How many pods each batch changes. */
    static List<Integer> sizes(ReleaseOrder order, int replicas) {
        int pods = order.target() instanceof Target.Scale scale ? Math.abs(scale.replicas() - before(order)) : replicas;
        List<Integer> sizes = new ArrayList<>();
        int reached = 0;
        for (int next : order.batches().cumulative(order.workload().kind(), pods)) {
            sizes.add(next - reached);
            reached = next;
        }
        return sizes;
    }

    private static int before(ReleaseOrder order) {
        return order.previous().map(Target.Revision::replicas).orElse(0);
    }
}
