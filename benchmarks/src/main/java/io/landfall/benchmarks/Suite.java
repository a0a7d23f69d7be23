package io.landfall.benchmarks;

import java.util.List;

/** What is measured together, and what was promised of it. */
enum Suite {
    /** Counting alone. */
    IN_FLIGHT("in-flight", InFlightBenchmark.class) {
        @Override
        String introduction() {
            return """
                # Counting one call in and out

                The peer is a Resilience4j semaphore bulkhead in the same run; it keeps a number, ours keeps name and age too.
                """;
        }

        @Override
        String baselineOf(String benchmark) {
            return Verdict.PEER;
        }

        @Override
        String promise() {
            return "at most %.2f of the bulkhead, and no allocation".formatted(Verdict.HIGHEST_RATIO);
        }

        @Override
        List<String> broken(List<Measurement> measurements) {
            return Verdict.of(measurements).broken();
        }
    },

    /** All that is done in one call. */
    CALLS("calls", CallBenchmark.class) {
        @Override
        String introduction() {
            return """
                # What Landfall adds to one call

                All of its parts that a call passes, around a handler that does next to nothing, beside that handler alone.
                """;
        }

        @Override
        String baselineOf(String benchmark) {
            return benchmark.replace(CallCost.OURS, "");
        }

        @Override
        String promise() {
            return "at most %.0f ns and %.0f B more".formatted(CallCost.MOST_NANOS, CallCost.MOST_BYTES);
        }

        @Override
        List<String> broken(List<Measurement> measurements) {
            return CallCost.broken(measurements);
        }
    };

    private final String file;
    private final Class<?> benchmark;

    Suite(String file, Class<?> benchmark) {
        this.file = file;
        this.benchmark = benchmark;
    }

    /** Of its results, without an ending. */
    String file() {
        return file;
    }

    /** What JMH runs. */
    String benchmark() {
        return benchmark.getName();
    }

    /** The head of the results, in Markdown. */
    abstract String introduction();

    /** The benchmark of the same run that another one is compared with. */
    abstract String baselineOf(String name);

    /** What was promised. */
    abstract String promise();

    /** What is broken, in one sentence each; empty if every promise is kept. */
    abstract List<String> broken(List<Measurement> measurements);
}
