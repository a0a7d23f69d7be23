package io.landfall.examples.load;

import java.util.Map;
import java.util.TreeMap;

/** The calls that were due in one second; guarded by the ledger's lock. */
final class LoadSecond {

    final Map<String, Long> providers = new TreeMap<>();
    private final Map<String, Long> lostByType = new TreeMap<>();
    private final long second;
    long sent;

    LoadSecond(long second) {
        this.second = second;
    }

    void answeredBy(String provider) {
        providers.merge(provider, 1L, Long::sum);
    }

    void lostAs(String name) {
        lostByType.merge(name, 1L, Long::sum);
    }

    LoadReport.Second tally() {
        return new LoadReport.Second(
                second, sent, sum(lostByType), new TreeMap<>(lostByType), new TreeMap<>(providers));
    }

    void requireBalance() {
        long answered = sum(providers);
        long lost = sum(lostByType);
        if (sent != answered + lost) {
            throw new MiscountException(sent, answered, lost, lost, answered);
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
