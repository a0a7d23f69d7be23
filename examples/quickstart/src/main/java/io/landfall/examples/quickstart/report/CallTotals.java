package io.landfall.examples.quickstart.report;

import io.landfall.examples.load.Latencies;
import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * All calls of a run, from its first second to its last.
 *
 * @param calls made
 * @param lost not answered, for whatever reason
 * @param lostByType the same by reason
 * @param p50Millis half of the answered calls took no longer, from the moment they were due
 * @param p99Millis 99% took no longer
 * @param p999Millis 99.9% took no longer
 * @param p99OverheadMillis 99% waited no longer than this beyond the work they had asked for
 */
public record CallTotals(
        long calls,
        long lost,
        Map<String, Long> lostByType,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double p99OverheadMillis) {

    /** Adds up the consumers; percentiles come from the merged histograms. */
    public static CallTotals of(List<LoadReport> consumers) {
        TreeMap<String, Long> lostByType = new TreeMap<>();
        consumers.forEach(consumer -> consumer.lostByType().forEach((type, n) -> lostByType.merge(type, n, Long::sum)));
        Latencies latency = merged(consumers, LoadReport::latency);
        return new CallTotals(
                consumers.stream().mapToLong(LoadReport::sent).sum(),
                consumers.stream().mapToLong(LoadReport::lost).sum(),
                lostByType,
                latency.p50Millis(),
                latency.p99Millis(),
                latency.p999Millis(),
                merged(consumers, LoadReport::overhead).p99Millis());
    }

    private static Latencies merged(List<LoadReport> consumers, Function<LoadReport, Latencies> which) {
        Histogram sum = new Histogram(3);
        consumers.forEach(consumer -> sum.add(which.apply(consumer).decode()));
        return Latencies.of(sum);
    }
}
