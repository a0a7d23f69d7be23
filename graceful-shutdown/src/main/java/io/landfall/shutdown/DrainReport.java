package io.landfall.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened in a drain. Immutable.
 *
 * @param cause what triggered it, such as {@code SIGTERM}
 * @param total from the trigger to the end of the framework's shutdown
 * @param phases how long each phase took to reach, in order
 * @param served calls that were answered while draining
 * @param lastArrivalAfterWithdrawal how long after the registries were left the last call came; empty if none came
 * @param cut calls that were still in flight at the deadline
 * @param steps what became of each step
 */
public record DrainReport(
        String cause,
        Duration total,
        List<Reached> phases,
        long served,
        Optional<Duration> lastArrivalAfterWithdrawal,
        List<CutCall> cut,
        List<StepResult> steps) {

    /** Copies the lists. */
    public DrainReport {
        phases = List.copyOf(phases);
        cut = List.copyOf(cut);
        steps = List.copyOf(steps);
    }

    /**
     * A phase and how long reaching it took.
     *
     * @param phase the phase
     * @param after from the phase before
     */
    public record Reached(DrainPhase phase, Duration after) {}

    /**
     * A call that the deadline cut.
     *
     * @param kind what counted it, such as {@code dubbo}
     * @param name what was called
     * @param age how long it had been running, to about 50 ms
     */
    public record CutCall(String kind, String name, Duration age) {}

    /**
     * What became of a step.
     *
     * @param name its name
     * @param outcome how it ended
     * @param took how long it ran
     * @param problem the message of what it threw; empty if it threw nothing
     */
    public record StepResult(String name, Outcome outcome, Duration took, String problem) {}

    /** How a step ended. */
    public enum Outcome {
        /** It returned. */
        DONE,
        /** It threw. */
        FAILED,
        /** It did not return in time and was left behind. */
        ABANDONED
    }

    /** Whether the deadline came before the service was quiet. */
    public boolean forced() {
        return phases.stream().anyMatch(reached -> reached.phase() == DrainPhase.FORCED);
    }

    /** One line of {@code key=value} pairs, for log collectors; a value with a space is quoted. */
    public String toStructuredLine() {
        return "drain cause=%s totalMillis=%d served=%d lastArrivalMillis=%s cut=%d forced=%s phases=%s"
                .formatted(
                        quotedIfNeeded(cause),
                        total.toMillis(),
                        served,
                        lastArrivalAfterWithdrawal
                                .map(d -> String.valueOf(d.toMillis()))
                                .orElse("none"),
                        cut.size(),
                        forced(),
                        phases.stream()
                                .map(r -> r.phase() + ":" + r.after().toMillis())
                                .collect(Collectors.joining(",")));
    }

    private static String quotedIfNeeded(String value) {
        return value.matches("[^\\s\"=]+") ? value : '"' + value.replaceAll("[\\s\"]", " ") + '"';
    }

    /** A block for the person on call. */
    public String toReadableBlock() {
        StringBuilder text = new StringBuilder("Drained in %.1f s after %s".formatted(seconds(total), cause));
        phases.forEach(r -> text.append("%n  %-10s +%.2f s".formatted(r.phase(), seconds(r.after()))));
        text.append("%n  served while draining: %d; last arrival after leaving the registries: %s"
                .formatted(
                        served,
                        lastArrivalAfterWithdrawal
                                .map(d -> "%.2f s".formatted(seconds(d)))
                                .orElse("none")));
        steps.stream()
                .filter(s -> s.outcome() != Outcome.DONE)
                .forEach(s -> text.append("%n  step '%s' %s after %.1f s %s"
                        .formatted(
                                s.name(),
                                s.outcome().name().toLowerCase(java.util.Locale.ROOT),
                                seconds(s.took()),
                                s.problem())));
        cut.forEach(
                c -> text.append("%n  CUT %s %s, running for %.1f s".formatted(c.kind(), c.name(), seconds(c.age()))));
        return text.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
