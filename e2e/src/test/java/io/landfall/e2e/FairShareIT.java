package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Shares;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@ExtendWith(KubernetesExtension.class)
class FairShareIT {

    private static final int CALLS_PER_SECOND = 400;
    /** Until 20,000 calls have been counted. */
    private static final int STEADY_SECONDS = 52;
    /** After a change, for consumers to hear of it, and for connections to fall until all pods have theirs. */
    private static final int SETTLE_SECONDS = 60;
    /** Shares are called even when they have been for so long: 2,000 calls. */
    private static final int WINDOW_SECONDS = 5;

    private static final double EVEN = 0.2;
    /** Promised in the steady state, over the dubbo protocol. */
    private static final double OF_MANY = 0.1;

    private static final double OF_ONE_CONSUMER = 0.2;

    private static final List<Run> runs = new ArrayList<>();

    @Proof(
            title = "Fair shares",
            description =
                    "Two processes of the old world and four pods behind one external address, then eight, then two: the share of"
                            + " every process, before and after a rolling restart, and how long it takes to become even.")
    @ParameterizedTest(name = "{0} {1} consumer(s) {2} {3}")
    @CsvSource({
        "dubbo, 10, LANDFALL, IP",
        "dubbo, 1, LANDFALL, IP",
        "dubbo, 10, STOCK, IP",
        "dubbo, 10, LANDFALL, NAMES",
        "tri, 10, LANDFALL, NAMES",
        "tri, 10, LANDFALL, IP",
        "tri, 10, BOTH_SIDES, IP",
        "tri, 10, STOCK, IP"
    })
    void shouldShareFairly(String protocol, int consumers, Mode mode, Address address, TestNamespace namespace)
            throws IOException {
        try (Field field = address.open(namespace, mode, protocol)) {
            Load each = Load.many(CALLS_PER_SECOND / consumers);
            field.withOldWorld().withSmallGreeters(4).withHostConsumers(consumers, each);
            List<Phase> phases = new ArrayList<>();
            phases.add(measure("start", field, each, () -> {}));
            phases.add(measure("restarted", field, each, field.greeters()::restart));
            phases.add(measure("4 to 8", field, each, () -> field.greeters().scale(8)));
            phases.add(measure("8 to 2", field, each, () -> field.greeters().scale(2)));
            Totals totals = field.stopConsumers();

            Shares shares = Shares.of(totals.reports());
            phases.forEach(phase -> runs.add(Run.of(protocol, consumers, mode, address, phase, shares)));
            assertThat(phases).allSatisfy(phase -> assertThat(shares.calls(phase.steadyFrom, phase.to))
                    .isGreaterThanOrEqualTo(20_000));
            assertThat(totals.lost()).as(totals::describe).isLessThanOrEqualTo(mayLose(protocol, mode, totals));
            if (protocol.equals("dubbo") && mode == Mode.LANDFALL) {
                double promised = consumers == 1 ? OF_ONE_CONSUMER : OF_MANY;
                assertThat(phases)
                        .allSatisfy(phase -> assertThat(shares.deviation(phase.steadyFrom, phase.to, phase.processes))
                                .as(phase.name)
                                .isLessThanOrEqualTo(promised));
            }
        }
    }

    @AfterAll
    static void write() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "."), "target", "fair-share.json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), Map.of("runs", runs));
    }

    /** Over triple a stock consumer can lose a call to a race of its own; without Landfall whatever is lost is a figure. */
    private static long mayLose(String protocol, Mode mode, Totals totals) {
        return protocol.equals("dubbo") && mode == Mode.LANDFALL ? 0 : totals.calls();
    }

    private static Phase measure(String name, Field field, Load each, Runnable change) {
        long asked = Instant.now().getEpochSecond();
        change.run();
        long from = Math.max(asked, field.greeters().lastReady());
        field.letThemCall(each, SETTLE_SECONDS);
        long steadyFrom = Instant.now().getEpochSecond();
        field.letThemCall(each, STEADY_SECONDS);
        Set<String> processes = new HashSet<>(field.greeters().pods());
        processes.addAll(Set.of("old-1", "old-2"));
        return new Phase(name, from, steadyFrom, Instant.now().getEpochSecond(), Set.copyOf(processes));
    }

    /** What the entries of all pods have in common: one number, or names that mean it. */
    enum Address {
        IP,
        NAMES;

        Field open(TestNamespace namespace, Mode mode, String protocol) {
            return this == IP ? Field.open(namespace, mode, protocol) : Field.openWithNames(namespace, mode, protocol);
        }
    }

    /**
     * A time in which nothing changed.
     *
     * @param from when the last pod became ready, or pods were asked to leave
     * @param steadyFrom from when on shares are counted
     */
    private record Phase(String name, long from, long steadyFrom, long to, Set<String> processes) {}

    /** What came of it. */
    private record Run(
            String protocol,
            String registry,
            String level,
            Mode mode,
            Address address,
            int consumers,
            String phase,
            double maxShareDeviation,
            @Nullable Long rebalanceSeconds) {

        static Run of(String protocol, int consumers, Mode mode, Address address, Phase phase, Shares shares) {
            OptionalLong even = shares.evenFrom(phase.from, phase.to, WINDOW_SECONDS, phase.processes, EVEN);
            return new Run(
                    protocol,
                    "zookeeper",
                    "interface",
                    mode,
                    address,
                    consumers,
                    phase.name,
                    shares.deviation(phase.steadyFrom, phase.to, phase.processes),
                    even.isPresent() ? even.getAsLong() - phase.from : null);
        }
    }
}
