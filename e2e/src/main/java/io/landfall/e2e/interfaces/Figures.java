package io.landfall.e2e.interfaces;

/**
 * What was seen.
 *
 * @param connections of the consumer, to all pods, when each interface has been called once
 * @param mostToOnePod how many of them one pod has
 * @param entries in the registry
 * @param providersStartMillis all ten, one after the other
 * @param consumerStartMillis until each interface has answered once
 * @param notifications to a consumer of all interfaces when one pod leaves
 * @param entriesLeft in the registry after that
 */
public record Figures(
        Way way,
        int connections,
        int mostToOnePod,
        long entries,
        long providersStartMillis,
        long consumerStartMillis,
        long notifications,
        long entriesLeft) {}
