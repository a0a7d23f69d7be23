package io.landfall.deploy.report;

import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Batches.Size;
import java.util.ArrayList;
import java.util.List;

/** How many pods each batch has, once it is known how many there are. */
public final class Steps {

    private static final int HUNDRED = 100;

    private Steps() {}

    /** The sizes, without batches that would be empty. */
    public static List<Integer> of(Batches batches, int pods) {
        List<Integer> sizes = new ArrayList<>();
        int left = pods;
        int open = batches.sizes().size();
        for (Size size : batches.sizes()) {
            int next = Math.min(left, pods(size, pods, left, open--));
            if (next > 0) {
                sizes.add(next);
                left -= next;
            }
        }
        if (left > 0) {
            sizes.add(left);
        }
        return sizes;
    }

    private static int pods(Size size, int all, int left, int open) {
        if (size instanceof Size.Pods pods) {
            return pods.count();
        }
        if (size instanceof Size.Percent percent) {
            return (all * percent.share() + HUNDRED - 1) / HUNDRED;
        }
        return size instanceof Size.Equal ? (left + open - 1) / open : left;
    }
}
