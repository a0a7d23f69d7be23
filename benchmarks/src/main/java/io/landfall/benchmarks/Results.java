package io.landfall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is written down of a run: every sample as JSON, and a table for people.
 *
 * <p>JMH's own JSON names folders of the machine, which are nobody's business.
 *
 * @param machine what it ran on
 * @param plan how it was measured
 * @param measurements what came out
 */
record Results(Machine machine, String plan, List<Measurement> measurements) {

    Results {
        measurements = List.copyOf(measurements);
    }

    /** Writes {@code in-flight.json} and {@code in-flight.md}. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("in-flight.json"), json());
        Files.writeString(folder.resolve("in-flight.md"), markdown());
    }

    String json() {
        return """
                {
                  "machine": {"cores": %d, "architecture": "%s", "jdk": "%s"},
                  "plan": "%s",
                  "measurements": [
                %s
                  ]
                }
                """.formatted(
                        machine.cores(),
                        machine.architecture(),
                        machine.jdk(),
                        plan,
                        measurements.stream().map(Results::json).collect(Collectors.joining(",\n")));
    }

    private static String json(Measurement m) {
        return String.format(
                Locale.ROOT,
                "    {\"name\": \"%s\", \"threads\": %d, \"nanosPerCall\": %.3f, \"bytesPerCall\": %.5f,"
                        + "\n     \"samples\": %s}",
                m.name(),
                m.threads(),
                m.nanosPerCall(),
                m.bytesPerCall(),
                array(m.samples().stream().map(Results::samples).toList()));
    }

    private static String samples(List<Double> fork) {
        return array(fork.stream()
                .map(sample -> String.format(Locale.ROOT, "%.3f", sample))
                .toList());
    }

    private static String array(List<String> elements) {
        return "[" + String.join(", ", elements) + "]";
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("""
                # Counting one call in and out

                %s, %s, %d cores. %s.
                The peer is a Resilience4j semaphore bulkhead in the same run; it keeps a number, ours keeps name and age too.

                | benchmark | threads | ns a call | fastest to slowest | of the bulkhead | B a call |
                |---|--:|--:|--:|--:|--:|
                """.formatted(machine.jdk(), machine.architecture(), machine.cores(), plan));
        measurements.forEach(m -> text.append(row(m)));
        List<String> broken = Verdict.of(measurements).broken();
        text.append("\nPromised: at most %.2f of the bulkhead, and no allocation. %s\n"
                .formatted(Verdict.HIGHEST_RATIO, broken.isEmpty() ? "Kept." : "Broken: " + String.join("; ", broken)));
        return text.toString();
    }

    private String row(Measurement m) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f to %.2f | %.2f | %.3f |\n",
                m.name(),
                m.threads(),
                m.nanosPerCall(),
                m.fastest(),
                m.slowest(),
                m.nanosPerCall() / bulkheadWith(m.threads()),
                m.bytesPerCall());
    }

    private double bulkheadWith(int threads) {
        return measurements.stream()
                .filter(m -> m.name().equals(Verdict.PEER) && m.threads() == threads)
                .mapToDouble(Measurement::nanosPerCall)
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * What matters of a machine; no names.
     *
     * @param cores how many the JVM may use
     * @param architecture of the processor
     * @param jdk version and VM
     */
    record Machine(int cores, String architecture, String jdk) {
        static Machine thisOne() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.arch", "unknown"),
                    "JDK " + Runtime.version() + " (" + System.getProperty("java.vm.name", "unknown VM") + ")");
        }
    }
}
