package io.landfall.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures, writes the results down, and exits with 1 if a promise is broken.
 *
 * <p>Usage: {@code mvn -B -ntp -Pbenchmarks}, or {@code java -cp ... io.landfall.benchmarks.Benchmarks [folder]}.
 */
public final class Benchmarks {

    private static final int ROUNDS = 3;
    private static final int WARMUPS = 12;
    private static final int ITERATIONS = 20;
    private static final int ITERATION_MILLIS = 250;
    private static final int[] THREADS = {1, 2};
    private static final String PLAN = "Medians of %d forks of %d iterations of %d ms, after %d to warm up"
            .formatted(ROUNDS, ITERATIONS, ITERATION_MILLIS, WARMUPS);

    private Benchmarks() {}

    /** Runs all of it. */
    public static void main(String[] args) throws RunnerException, IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "results");
        boolean kept = true;
        for (Suite suite : Suite.values()) {
            Results results = new Results(suite, Results.Machine.thisOne(), PLAN, measure(suite));
            results.writeTo(folder);
            System.out.println(results.markdown());
            kept &= suite.broken(results.measurements()).isEmpty();
        }
        System.exit(kept ? 0 : 1);
    }

    /** In turns, so that a machine that slows down for a while slows down ours and the peer's alike. */
    private static List<Measurement> measure(Suite suite) throws RunnerException {
        List<Measurement> measurements = new ArrayList<>();
        for (int threads : THREADS) {
            List<RunResult> runs = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                runs.addAll(new Runner(plan(suite, threads)).run());
            }
            runs.stream()
                    .collect(Collectors.groupingBy(
                            run -> run.getParams().getBenchmark(), TreeMap::new, Collectors.toList()))
                    .values()
                    .forEach(rounds -> measurements.add(Measurement.of(rounds)));
        }
        return measurements;
    }

    private static Options plan(Suite suite, int threads) {
        return new OptionsBuilder()
                .include(suite.benchmark())
                .threads(threads)
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xmx256m", "-Xms256m")
                .build();
    }
}
