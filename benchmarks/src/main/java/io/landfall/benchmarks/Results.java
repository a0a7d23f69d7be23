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
 * @param suite what was measured
 * @param machine what it ran on
 * @param plan how it was measured
 * @param measurements what came out
 */
record Results(Suite suite, Machine machine, String plan, List<Measurement> measurements) {

    Results {
        measurements = List.copyOf(measurements);
    }

    /** Writes a JSON and a Markdown file, named after the suite. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(suite.file() + ".json"), json());
        Files.writeString(folder.resolve(suite.file() + ".md"), markdown());
    }

    String json() {
        return """
                {
                  "suite": "%s",
                  "machine": {"cores": %d, "architecture": "%s", "jdk": "%s"},
                  "plan": "%s",
                  "measurements": [
                %s
                  ]
                }
                """.formatted(
                        suite.file(),
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
        StringBuilder text = new StringBuilder(suite.introduction());
        text.append(
                "%s, %s, %d cores. %s.\n\n".formatted(machine.jdk(), machine.architecture(), machine.cores(), plan));
        text.append("| benchmark | threads | ns a call | fastest to slowest | beside | ratio | ns more | B more |\n");
        text.append("|---|--:|--:|--:|---|--:|--:|--:|\n");
        measurements.forEach(m -> text.append(row(m)));
        List<String> broken = suite.broken(measurements);
        return text.append("\nPromised: %s. %s\n"
                        .formatted(
                                suite.promise(), broken.isEmpty() ? "Kept." : "Broken: " + String.join("; ", broken)))
                .toString();
    }

    private String row(Measurement m) {
        Measurement baseline = baselineOf(m);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f to %.2f | %s | %.2f | %.2f | %.3f |\n",
                m.name(),
                m.threads(),
                m.nanosPerCall(),
                m.fastest(),
                m.slowest(),
                baseline.name(),
                m.nanosPerCall() / baseline.nanosPerCall(),
                m.nanosPerCall() - baseline.nanosPerCall(),
                m.bytesPerCall() - baseline.bytesPerCall());
    }

    private Measurement baselineOf(Measurement m) {
        String name = suite.baselineOf(m.name());
        return measurements.stream()
                .filter(other -> other.name().equals(name) && other.threads() == m.threads())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(name + " was not measured with " + m.threads() + " threads"));
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
