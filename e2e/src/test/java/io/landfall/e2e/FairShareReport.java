package io.landfall.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.field.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How fair the shares of calls were: a file for machines and a table. As the rows take hours together, those of earlier runs stay
 * until they are measured again.
 */
final class FairShareReport {

    private static final String NAME = "fair-share";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            # Shares of calls: two processes of the old world, and pods behind one address

            Written by `FairShareIT`. The load balancer is kube-proxy, which chooses a pod at random for every new connection. Stock consumers
            together make 400 calls a second; *deviation* is the largest distance of a process's share from an even one, in a time in
            which nothing changed; *even after*: seconds from the last pod's readiness to the first five in which no share is more than
            20% off; *settled after*: to the last connection that came or went (the deviation is of the time after that; web connections always do). *lost*: since the change was asked for, at the start since consumers and pods are warm. *IP*: the address is a number; *NAMES*: a wildcard name, below which each pod has its own. BOTH_SIDES: the
            consumers have Landfall too; STOCK: nobody has it, and pods are told to register the address.

            | protocol | registry, level | consumers | mode | address | phase | calls | lost | deviation | even after | settled after |
            |---|---|--:|---|---|---|--:|--:|--:|--:|--:|
            """;

    private final Path json;
    private final Path table;
    private final List<Run> runs;

    /** Continues what is there. */
    FairShareReport(Path folder) throws IOException {
        json = folder.resolve(NAME + ".json");
        table = folder.resolve(NAME + ".md");
        runs = new ArrayList<>(
                Files.exists(json) ? JSON.readValue(json.toFile(), Runs.class).runs() : List.of());
    }

    void add(List<Run> measured) {
        runs.removeIf(run -> measured.stream().anyMatch(run::isAnother));
        runs.addAll(measured);
    }

    void write() throws IOException {
        Files.createDirectories(json.getParent());
        JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), new Runs(runs));
        StringBuilder text = new StringBuilder(HEAD);
        runs.forEach(run -> text.append(run.line()));
        Files.writeString(table, text);
    }

    private record Runs(List<Run> runs) {}

    /** What the entries of all pods have in common: one number, or names that mean it. */
    enum Address {
        IP,
        NAMES
    }

    /**
     * A time in which nothing changed.
     *
     * @param calls answered in it
     * @param lost since what changed before it was asked for; at the start, since consumers and pods are warm
     * @param rebalanceSeconds from the last pod's readiness on; null: never
     * @param settledSeconds from then until connections stayed; null: they always come and go
     */
    record Run(
            String protocol,
            String registry,
            String level,
            Mode mode,
            Address address,
            int consumers,
            String phase,
            long calls,
            long lost,
            double maxShareDeviation,
            @Nullable Long rebalanceSeconds,
            @Nullable Long settledSeconds) {

        private boolean isAnother(Run run) {
            return protocol.equals(run.protocol)
                    && mode == run.mode
                    && address == run.address
                    && consumers == run.consumers
                    && phase.equals(run.phase);
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s, %s | %d | %s | %s | %s | %,d | %,d | %.0f%% | %s | %s |%n",
                    protocol,
                    registry,
                    level,
                    consumers,
                    mode,
                    address,
                    phase,
                    calls,
                    lost,
                    maxShareDeviation * 100,
                    rebalanceSeconds == null ? "never" : rebalanceSeconds + " s",
                    settledSeconds == null ? "-" : settledSeconds + " s");
        }
    }
}
