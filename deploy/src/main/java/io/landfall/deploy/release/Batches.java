package io.landfall.deploy.release;

import io.landfall.deploy.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * How many pods at a time, as somebody wrote it: {@code 2} batches of equal size, or a list of {@code 1,25%,rest}. The last size is
 * repeated until there are no more pods: {@code 25%} are four batches.
 *
 * @param sizes one for each batch, at least one
 */
public record Batches(List<Size> sizes) {

    /** Copies the list. */
    public Batches {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("batches without a size");
        }
    }

    /**
     * Understands what somebody wrote.
     *
     * @throws RefusedException with all that is wrong in it
     */
    public static Batches parse(String written) {
        return new BatchesReading(written).read();
    }

    /**
     * How many pods are new after each batch. There are fewer batches than were written where there are fewer pods.
     *
     * @param kind a Deployment can say percentages only: of more than 100 pods a batch is rounded down to what a percentage can say, but at
     *     least to one more percent than the batch before
     * @param pods altogether
     * @return each more than the one before; the last is {@code pods}; empty without pods
     */
    public List<Integer> cumulative(WorkloadName.Kind kind, int pods) {
        List<Integer> reached = new ArrayList<>();
        int exact = 0;
        for (int batch = 0; exact < pods; batch++) {
            exact = Math.min(pods, exact + sizeOf(batch, pods, exact));
            int above = reached.isEmpty() ? 0 : reached.get(reached.size() - 1);
            if (exact > above) {
                reached.add(kind == WorkloadName.Kind.DEPLOYMENT ? Shares.upTo(exact, above, pods) : exact);
            }
        }
        return List.copyOf(reached);
    }

    private int sizeOf(int batch, int pods, int before) {
        Size size = sizes.get(Math.min(batch, sizes.size() - 1));
        if (size instanceof Size.Pods some) {
            return some.count();
        }
        if (size instanceof Size.Percent percent) {
            return Shares.roundedUp(percent.share(), pods);
        }
        return size instanceof Size.Equal && batch < sizes.size() - 1
                ? Math.toIntExact((long) pods * (batch + 1) / sizes.size()) - before
                : pods - before;
    }

    /** The size of one batch. */
    public sealed interface Size {

        /** So many pods. */
        record Pods(int count) implements Size {

            /** At least one. */
            public Pods {
                positive(count);
            }
        }

        /** A share of all pods, rounded up. */
        record Percent(int share) implements Size {

            /** At least one. */
            public Percent {
                positive(share);
            }
        }

        /** One of several batches of equal size. Where they cannot be equal, the first are smaller. */
        record Equal() implements Size {}

        /** All that is left. */
        record Rest() implements Size {}

        private static void positive(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("a batch of " + number);
            }
        }
    }
}
