package io.landfall.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What starts cost, and what was promised of it.
 *
 * @param millis CPU time of {@value AgentStart#STARTS} starts, in ms, round by round
 */
record StartCosts(Map<StartKind, List<Long>> millis) {

    StartCosts {
        millis = new EnumMap<>(millis);
    }

    /** Of the middle round. */
    long millis(StartKind kind) {
        List<Long> sorted = Objects.requireNonNull(millis.get(kind), kind.title()).stream()
                .sorted()
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    double ratio(StartKind kind) {
        return (double) millis(kind) / millis(StartKind.BASELINE);
    }

    /** What is broken, in one sentence each; empty if every promise is kept. */
    List<String> broken() {
        return millis.keySet().stream()
                .filter(kind -> !(ratio(kind) <= kind.mostRatio()))
                .map(kind -> String.format(
                        Locale.ROOT,
                        "%s costs %.2f of the baseline, more than %.1f",
                        kind.title(),
                        ratio(kind),
                        kind.mostRatio()))
                .toList();
    }

    String markdown(Results.Machine machine) {
        String rows = millis.keySet().stream().map(this::row).collect(Collectors.joining());
        return """
                # What the agent adds to a start

                CPU time of %d starts of an empty `main`, as the kernel counts it for processes that have ended; the middle of %d
                rounds, in turns. `method` rewrites a method of that main's class, so that ASM is loaded and works.
                %s, %s, %d cores.

                | start | ms of CPU | fewest to most | beside the baseline | promised |
                |---|--:|--:|--:|--:|
                %s
                Promised: at most that much of an agent that only calls `System.setProperty`. %s
                """.formatted(
                        AgentStart.STARTS,
                        AgentStart.ROUNDS,
                        machine.jdk(),
                        machine.architecture(),
                        machine.cores(),
                        rows,
                        broken().isEmpty() ? "Kept." : "Broken: " + String.join("; ", broken()));
    }

    private String row(StartKind kind) {
        List<Long> rounds = Objects.requireNonNull(millis.get(kind));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d to %d | %.2f | %s |\n",
                kind.title(),
                millis(kind),
                rounds.stream().mapToLong(Long::longValue).min().orElseThrow(),
                rounds.stream().mapToLong(Long::longValue).max().orElseThrow(),
                ratio(kind),
                Double.isInfinite(kind.mostRatio()) ? "" : String.format(Locale.ROOT, "%.1f", kind.mostRatio()));
    }

    String json(Results.Machine machine) {
        String rows = millis.entrySet().stream()
                .map(entry -> "    {\"start\": \"%s\", \"millis\": %s}"
                        .formatted(entry.getKey().title(), entry.getValue()))
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "suite": "agent-start",
                  "machine": {"cores": %d, "architecture": "%s", "jdk": "%s"},
                  "starts": %d,
                  "measurements": [
                %s
                  ]
                }
                """.formatted(machine.cores(), machine.architecture(), machine.jdk(), AgentStart.STARTS, rows);
    }
}
