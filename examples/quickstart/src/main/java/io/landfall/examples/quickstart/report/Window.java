package io.landfall.examples.quickstart.report;

import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole seconds since the epoch, the first included, the last not.
 *
 * @param from first second
 * @param to the second after the last
 */
public record Window(long from, long to) {

    /** The whole seconds between two moments in milliseconds since the epoch. */
    public static Window between(long fromMillis, long toMillis) {
        return new Window(-Math.floorDiv(-fromMillis, 1000L), Math.floorDiv(toMillis, 1000L));
    }

    /** Answers to the calls that were due in this window, by provider. */
    public Map<String, Long> answers(List<LoadReport> consumers) {
        Map<String, Long> answers = new TreeMap<>();
        for (LoadReport consumer : consumers) {
            for (LoadReport.Second second : consumer.seconds()) {
                if (second.second() >= from && second.second() < to) {
                    second.providers().forEach((provider, n) -> answers.merge(provider, n, Long::sum));
                }
            }
        }
        return answers;
    }
}
