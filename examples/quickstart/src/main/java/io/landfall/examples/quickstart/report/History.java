package io.landfall.examples.quickstart.report;

import io.landfall.examples.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened when, for the charts; all times are seconds since the run's first call.
 *
 * @param events what was done to the pods, in order
 * @param seconds all consumers' calls, by the second in which they were due
 */
public record History(List<Event> events, List<Second> seconds) {

    /**
     * Something that was done.
     *
     * @param at when
     * @param what in a few words
     */
    public record Event(double at, String what) {}

    /**
     * The calls that were due in one second.
     *
     * @param at when it began
     * @param calls made
     * @param lost of those
     * @param providers answers by provider
     */
    public record Second(long at, long calls, long lost, Map<String, Long> providers) {}

    /**
     * Adds up the consumers.
     *
     * @param events with times in milliseconds since the epoch
     */
    public static History of(List<LoadReport> consumers, List<Moment> events) {
        long start =
                consumers.stream().mapToLong(LoadReport::startedAtMillis).min().orElse(0);
        return new History(
                events.stream()
                        .map(moment -> new Event((moment.atMillis() - start) / 1000.0, moment.what()))
                        .toList(),
                seconds(consumers, start / 1000));
    }

    private static List<Second> seconds(List<LoadReport> consumers, long start) {
        TreeMap<Long, List<LoadReport.Second>> bySecond = new TreeMap<>();
        for (LoadReport consumer : consumers) {
            for (LoadReport.Second second : consumer.seconds()) {
                bySecond.computeIfAbsent(second.second() - start, at -> new ArrayList<>())
                        .add(second);
            }
        }
        return bySecond.entrySet().stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Second sum(long at, List<LoadReport.Second> parts) {
        TreeMap<String, Long> providers = new TreeMap<>();
        parts.forEach(part -> part.providers().forEach((provider, n) -> providers.merge(provider, n, Long::sum)));
        return new Second(
                at,
                parts.stream().mapToLong(LoadReport.Second::sent).sum(),
                parts.stream().mapToLong(LoadReport.Second::lost).sum(),
                providers);
    }
}
