package io.landfall.examples.quickstart.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** All runs side by side, in plain text: a column for each run. */
public final class SummaryTable {

    private static final int FIRST_COLUMN = 34;
    private static final int COLUMN = 16;

    private final List<RunResult> runs;
    private final List<String> lines = new ArrayList<>();

    private SummaryTable(List<RunResult> runs) {
        this.runs = runs;
    }

    /** The table, one line per string. */
    public static List<String> of(List<RunResult> runs) {
        SummaryTable table = new SummaryTable(runs);
        table.heading();
        table.calls();
        table.latencies();
        table.shares("share of calls before, % (ideal ", run -> run.shares().before());
        table.shares("share of calls after, % (ideal ", run -> run.shares().after());
        table.row("largest deviation from ideal", run -> percent(run.getMaxShareDeviation()) + " %");
        table.drains();
        return table.lines;
    }

    private void heading() {
        row("", RunResult::protocol);
        row("", RunResult::mode);
        rule();
    }

    private void calls() {
        row("calls", run -> String.format(Locale.ROOT, "%,d", run.totals().calls()));
        row("lost", run -> String.format(Locale.ROOT, "%,d", run.totals().lost()));
        for (String type : names(run -> run.totals().lostByType())) {
            row("  " + type, run -> String.valueOf(run.totals().lostByType().getOrDefault(type, 0L)));
        }
        rule();
    }

    private void latencies() {
        row("p50, ms", run -> millis(run.totals().p50Millis()));
        row("p99, ms", run -> millis(run.totals().p99Millis()));
        row("p99.9, ms", run -> millis(run.totals().p999Millis()));
        row("p99 beyond the work asked for, ms", run -> millis(run.totals().p99OverheadMillis()));
        rule();
    }

    private void shares(String title, Function<RunResult, Map<String, Double>> shares) {
        runs.stream().findFirst().ifPresent(run -> lines.add(title + percent(Shares.ideal(shares.apply(run))) + ")"));
        for (String provider : names(shares)) {
            row("  " + provider, run -> cell(shares.apply(run), provider, share -> percent(share)));
        }
        rule();
    }

    private void drains() {
        rule();
        lines.add("seconds from SIGTERM to exit");
        for (String pod : names(run -> run.drains().drainSeconds())) {
            row("  " + pod, run -> cell(run.drains().drainSeconds(), pod, SummaryTable::seconds));
        }
        row("slowest", run -> seconds(run.drains().maxDrainSeconds()));
        if (runs.stream().anyMatch(run -> !run.drains().killed().isEmpty())) {
            row(
                    "killed after the grace period",
                    run -> String.valueOf(run.drains().killed().size()));
        }
    }

    private void row(String title, Function<RunResult, String> cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + FIRST_COLUMN + "s", title));
        runs.forEach(run -> line.append(String.format(Locale.ROOT, "%" + COLUMN + "s", cell.apply(run))));
        lines.add(line.toString().stripTrailing());
    }

    private void rule() {
        lines.add("-".repeat(FIRST_COLUMN + COLUMN * runs.size()));
    }

    private <V> Set<String> names(Function<RunResult, Map<String, V>> values) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(values.apply(run).keySet()));
        return names;
    }

    private static String cell(Map<String, Double> values, String name, Function<Double, String> format) {
        Double value = values.get(name);
        return value == null ? "" : format.apply(value);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f", part * 100);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.1f", millis);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
