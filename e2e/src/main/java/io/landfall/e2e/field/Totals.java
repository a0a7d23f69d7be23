package io.landfall.e2e.field;

import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the calls of several consumers together.
 *
 * @param calls calls that were due
 * @param lost those that brought no answer
 * @param lostByType the same by the name of what went wrong
 * @param answersByProvider answers by the name of who gave them
 * @param reports one of each consumer
 */
public record Totals(
        long calls,
        long lost,
        Map<String, Long> lostByType,
        Map<String, Long> answersByProvider,
        List<LoadReport> reports) {

    static Totals of(List<LoadReport> reports) {
        Map<String, Long> lostByType = new TreeMap<>();
        Map<String, Long> answers = new TreeMap<>();
        for (LoadReport report : reports) {
            report.lostByType().forEach((type, n) -> lostByType.merge(type, n, Long::sum));
            report.seconds().forEach(second -> second.providers().forEach((p, n) -> answers.merge(p, n, Long::sum)));
        }
        return new Totals(
                reports.stream().mapToLong(LoadReport::sent).sum(),
                reports.stream().mapToLong(LoadReport::lost).sum(),
                lostByType,
                answers,
                reports);
    }

    /** The longest that an answered call took, from when it was due. */
    public double maxMillis() {
        return reports.stream()
                .mapToDouble(report -> report.latency().maxMillis())
                .max()
                .orElse(0);
    }

    /** The longest that an answered call took beyond the work it asked for. */
    public double maxOverheadMillis() {
        return reports.stream()
                .mapToDouble(report -> report.overhead().maxMillis())
                .max()
                .orElse(0);
    }

    /** For people: what was lost, by whom, and when. */
    public String describe() {
        StringBuilder text = new StringBuilder("%d of %d calls lost %s".formatted(lost, calls, lostByType));
        for (LoadReport report : reports) {
            report.seconds().stream()
                    .filter(second -> second.lost() > 0)
                    .forEach(second -> text.append(
                            "%n  %s at %tT: %s".formatted(report.name(), second.second() * 1000, second.lostByType())));
        }
        return text.toString();
    }
}
