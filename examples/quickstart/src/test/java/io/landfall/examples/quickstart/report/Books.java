package io.landfall.examples.quickstart.report;

import io.landfall.examples.load.Latencies;
import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/** Consumers' reports for tests. */
final class Books {

    private Books() {}

    static LoadReport of(long startedAtMillis, long latencyMicros, LoadReport.Second... seconds) {
        long sent = LongStream.of(List.of(seconds).stream()
                        .mapToLong(LoadReport.Second::sent)
                        .toArray())
                .sum();
        long lost = List.of(seconds).stream().mapToLong(LoadReport.Second::lost).sum();
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(latencyMicros, sent - lost);
        return new LoadReport(
                "test",
                startedAtMillis,
                sent,
                sent - lost,
                lost,
                lost == 0 ? Map.of() : Map.of("Reset", lost),
                Latencies.of(histogram),
                Latencies.of(new Histogram(3)),
                List.of(seconds));
    }

    static LoadReport.Second second(long second, Map<String, Long> providers) {
        return new LoadReport.Second(
                second, providers.values().stream().mapToLong(n -> n).sum(), 0, Map.of(), providers);
    }

    static LoadReport.Second lost(long second, long lost) {
        return new LoadReport.Second(second, lost, lost, Map.of("Reset", lost), Map.of());
    }

    static RunResult run(String mode, long lost) {
        List<LoadReport> books = List.of(of(100_500, 7000, second(100, Map.of("pod-1", 9L)), lost(101, lost)));
        Map<String, Double> even = Map.of("legacy-1", 0.5, "pod-1", 0.5);
        return new RunResult(
                "tri",
                mode,
                CallTotals.of(books),
                new Shares(even, Map.of("legacy-1", 0.75, "pod-1", 0.25)),
                new Drains(Map.of("pod-1", 6.5), List.of()),
                History.of(books, List.of(new Moment(102_000, "batch 1: SIGTERM"))));
    }
}
