package io.landfall.benchmarks;

import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark at one number of threads.
 *
 * @param name what was measured
 * @param threads how many threads did it at once
 * @param bytesPerCall what one call allocates, in the fork that allocated most
 * @param samples the time of one call in and out in each measured iteration, in ns as one thread sees it, fork by fork
 */
record Measurement(String name, int threads, double bytesPerCall, List<List<Double>> samples) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    Measurement {
        samples = samples.stream().map(List::copyOf).toList();
    }

    /** Puts the forks of one benchmark together. */
    static Measurement of(List<RunResult> forks) {
        String benchmark = forks.get(0).getParams().getBenchmark();
        return new Measurement(
                benchmark.substring(benchmark.lastIndexOf('.') + 1),
                forks.get(0).getParams().getThreads(),
                forks.stream().mapToDouble(Measurement::allocated).max().orElseThrow(),
                forks.stream().map(Measurement::samples).toList());
    }

    private static double allocated(RunResult fork) {
        Result<?> allocated =
                Objects.requireNonNull(fork.getSecondaryResults().get(ALLOCATED), "the GC profiler did not run");
        return allocated.getScore();
    }

    private static List<Double> samples(RunResult fork) {
        return fork.getBenchmarkResults().stream()
                .flatMap(result -> result.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }

    /** The middle sample: what another process does to some of them does nothing to it. */
    double nanosPerCall() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double fastest() {
        return sorted().get(0);
    }

    double slowest() {
        List<Double> sorted = sorted();
        return sorted.get(sorted.size() - 1);
    }

    private List<Double> sorted() {
        return samples.stream().flatMap(List::stream).sorted().toList();
    }
}
