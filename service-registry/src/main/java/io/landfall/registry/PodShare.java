package io.landfall.registry;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one pod contributes to the entries of the address it shares with other pods.
 *
 * <p>A registry that keeps entries apart by their parameters counts every entry as an instance, so a pod is as many
 * instances as it has entries, and its weight is split over them. More than one entry gives a consumer more than one
 * connection for every pod, at the price that consumers must heed weights.
 *
 * @param pod the pod's name, or another name that no other pod has
 * @param entries how many entries it has, from 1 to 16
 */
public record PodShare(String pod, int entries) {

    /**
     * A pod is one instance like any other. More than one need consumers that heed weights: a stock Dubbo consumer does only if the
     * first provider in its list has one ({@code RandomLoadBalance.needWeightLoadBalance}), and takes each entry for a whole
     * instance otherwise.
     */
    public static final int DEFAULT_ENTRIES = 1;

    private static final int MOST_ENTRIES = 16;

    /** Refuses nonsense. */
    public PodShare {
        if (pod.isBlank()) {
            throw new IllegalArgumentException("the pod has no name: set POD_NAME by the downward API");
        }
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "landfall.registry.entries is " + entries + ": use a number from 1 to " + MOST_ENTRIES);
        }
    }

    /**
     * The entries.
     *
     * @param weight the pod's whole weight; split so that the parts add up to it
     */
    public List<Entry> split(int weight) {
        return IntStream.range(0, entries)
                .mapToObj(i -> new Entry(pod + "." + i, part(weight, i)))
                .toList();
    }

    private int part(int weight, int index) {
        return weight / entries + (index < weight % entries ? 1 : 0);
    }

    /**
     * One entry.
     *
     * @param id what tells it from every other entry of the address
     * @param weight its part of the pod's weight
     */
    public record Entry(String id, int weight) {}
}
