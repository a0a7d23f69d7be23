package io.landfall.e2e.field;

import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Who answered how much, second by second. Seconds are since the epoch.
 *
 * @param answers by second, then by provider
 * @param lost calls by the second that they were sent in
 */
public record Shares(Map<Long, Map<String, Long>> answers, Map<Long, Long> lost) {

    /** Of all consumers together. */
    public static Shares of(List<LoadReport> reports) {
        Map<Long, Map<String, Long>> answers = new TreeMap<>();
        Map<Long, Long> lost = new TreeMap<>();
        for (LoadReport report : reports) {
            for (LoadReport.Second second : report.seconds()) {
                Map<String, Long> here = answers.computeIfAbsent(second.second(), s -> new TreeMap<>());
                second.providers().forEach((provider, n) -> here.merge(provider, n, Long::sum));
                lost.merge(second.second(), second.lost(), Long::sum);
            }
        }
        return new Shares(answers, lost);
    }

    /** How many calls were answered from one second up to another one. */
    public long calls(long from, long to) {
        return byProvider(from, to).values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many calls were sent from one second up to another one, and never answered. */
    public long lost(long from, long to) {
        return lost.entrySet().stream()
                .filter(second -> second.getKey() >= from && second.getKey() < to)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * The largest distance of a process's share from an even one, as a part of that: 0.1 is ten per cent too much, or too little.
     *
     * @param processes that should have shares; one that answers nothing is off by 1
     */
    public double deviation(long from, long to, Set<String> processes) {
        Map<String, Long> byProvider = byProvider(from, to);
        double even = (double) calls(from, to) / processes.size();
        return processes.stream()
                .mapToDouble(process -> Math.abs(byProvider.getOrDefault(process, 0L) / even - 1))
                .max()
                .orElse(0);
    }

    /** The first second from which on, for so many seconds, all shares are that even; empty if there is none. */
    public OptionalLong evenFrom(long from, long to, int seconds, Set<String> processes, double deviation) {
        return LongStream.rangeClosed(from, to - seconds)
                .filter(begin -> deviation(begin, begin + seconds, processes) <= deviation)
                .findFirst();
    }

    private Map<String, Long> byProvider(long from, long to) {
        Map<String, Long> sum = new TreeMap<>();
        answers.forEach((second, providers) -> {
            if (second >= from && second < to) {
                providers.forEach((provider, n) -> sum.merge(provider, n, Long::sum));
            }
        });
        return sum;
    }
}
