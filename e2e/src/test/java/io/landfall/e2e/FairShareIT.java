package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.FairShareReport.Address;
import io.landfall.e2e.FairShareReport.Run;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Application;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Shares;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@ExtendWith(KubernetesExtension.class)
class FairShareIT {

    private static final int CALLS_PER_SECOND = 400;
    private static final int LEAST_CALLS = 20_000;
    /** Until so many calls have been counted. */
    private static final int STEADY_SECONDS = LEAST_CALLS / CALLS_PER_SECOND + 2;
    /** Over HTTP a balancer's dice decide every fifth call, and so few throws would say more of chance than of us. */
    private static final int STEADY_SECONDS_OF_DICE = 2 * STEADY_SECONDS;
    /** After a change, for consumers to hear of it, and for connections to fall until all pods have theirs. */
    private static final int SETTLE_SECONDS = 45;
    /** Shares are called even when they have been for so long: 2,000 calls. */
    private static final int WINDOW_SECONDS = 5;

    private static final double EVEN = 0.2;
    /** Promised in the steady state, over the dubbo protocol and over HTTP. */
    private static final double OF_MANY = 0.1;

    private static final double OF_ONE_CONSUMER = 0.2;
    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    @Proof(
            title = "Fair shares over dubbo",
            description =
                    "Two processes of the old world and four pods behind one external address, then eight, then two: the share of"
                            + " every process, before and after a rolling restart, and how long it takes to become even.")
    @ParameterizedTest(name = "{0} consumer(s) {1} {2}")
    @CsvSource({"10, LANDFALL, IP", "1, LANDFALL, IP", "10, STOCK, IP", "10, LANDFALL, NAMES"})
    void shouldShareFairlyOverDubbo(int consumers, Mode mode, Address address, TestNamespace namespace)
            throws IOException {
        Row row = new Row(Application.plain("dubbo"), consumers, mode, address, STEADY_SECONDS);
        measure(row, namespace, mode == Mode.LANDFALL);
    }

    @Proof(
            title = "Fair shares over triple",
            description =
                    "The same over triple, where a stock consumer has one connection for an address: by how much it misses, and what it"
                            + " reaches with names, or with Landfall on both sides.")
    @ParameterizedTest(name = "{0} consumer(s) {1} {2}")
    @CsvSource({"10, LANDFALL, NAMES", "10, LANDFALL, IP", "10, BOTH_SIDES, IP", "10, STOCK, IP"})
    void shouldShareOverTriple(int consumers, Mode mode, Address address, TestNamespace namespace) throws IOException {
        measure(new Row(Application.plain("tri"), consumers, mode, address, STEADY_SECONDS), namespace, false);
    }

    @Proof(
            title = "Fair shares with Eureka",
            description =
                    "The same with web applications in Eureka, and stock consumers with Spring Cloud LoadBalancer.")
    @ParameterizedTest(name = "{0} consumer(s) {1}")
    @CsvSource({"10, LANDFALL", "1, LANDFALL", "10, STOCK"})
    void shouldShareFairlyWithEureka(int consumers, Mode mode, TestNamespace namespace) throws IOException {
        Application web = Application.of("EUREKA BOOT_3_5");
        measure(new Row(web, consumers, mode, Address.IP, STEADY_SECONDS_OF_DICE), namespace, mode == Mode.LANDFALL);
    }

    /** @param promised whether the shares are, and that no call is lost; otherwise they are figures */
    private static void measure(Row row, TestNamespace namespace, boolean promised) throws IOException {
        try (Field field = row.open(namespace)) {
            Load each = Load.many(CALLS_PER_SECOND / row.consumers);
            field.withOldWorld().withSmallGreeters(4).withHostConsumers(row.consumers, each);
            List<Phase> phases = new ArrayList<>();
            phases.add(row.start(field, each));
            phases.add(row.phase("restarted", field, each, field.greeters()::restart));
            phases.add(row.phase("4 to 8", field, each, () -> field.greeters().scale(8)));
            phases.add(row.phase("8 to 2", field, each, () -> field.greeters().scale(2)));
            Totals totals = field.stopConsumers();

            List<Run> runs =
                    phases.stream().map(phase -> row.run(phase, totals)).toList();
            write(runs);
            assertThat(runs).allSatisfy(run -> assertThat(run.calls()).isGreaterThanOrEqualTo(LEAST_CALLS));
            if (promised) {
                assertThat(runs).allSatisfy(run -> assertThat(run.lost())
                        .as(() -> run.phase() + ": " + totals.describe())
                        .isZero());
                assertThat(runs).allSatisfy(run -> assertThat(run.maxShareDeviation())
                        .as(run.phase())
                        .isLessThanOrEqualTo(row.consumers == 1 ? OF_ONE_CONSUMER : OF_MANY));
            }
        }
    }

    private static void write(List<Run> runs) throws IOException {
        FairShareReport report = new FairShareReport(BASE.resolve("target"));
        report.add(runs);
        report.write();
        if (Boolean.getBoolean("landfall.results.write")) {
            FairShareReport results = new FairShareReport(BASE.resolve("../benchmarks/results"));
            results.add(runs);
            results.write();
        }
    }

    /** What is measured. */
    private record Row(Application application, int consumers, Mode mode, Address address, int steadySeconds) {

        Field open(TestNamespace namespace) {
            return address == Address.IP
                    ? Field.open(namespace, mode, application)
                    : Field.openWithNames(namespace, mode, application);
        }

        Phase phase(String name, Field field, Load each, Runnable change) {
            long asked = Instant.now().getEpochSecond();
            change.run();
            long from = Math.max(asked, field.greeters().lastReady());
            Long settled = settle(field, each);
            long steadyFrom = Instant.now().getEpochSecond();
            field.letThemCall(each, steadySeconds);
            Set<String> processes = new HashSet<>(field.greeters().pods());
            processes.addAll(Set.of("old-1", "old-2"));
            long to = Instant.now().getEpochSecond();
            return new Phase(name, asked, from, settled, steadyFrom, to, Set.copyOf(processes));
        }

        /** Web connections come and go all the time: they share fairly over a while, and not each at once. */
        private @Nullable Long settle(Field field, Load each) {
            if (application.kind() == Application.Kind.EUREKA) {
                field.letThemCall(each, SETTLE_SECONDS);
                return null;
            }
            return field.letThemSettle(each, SETTLE_SECONDS).getEpochSecond();
        }

        /** Twelve programs that start at once on two processors answer late: that is not what is counted here. */
        Phase start(Field field, Load each) {
            Phase start = phase("start", field, each, () -> {});
            return new Phase(
                    start.name,
                    start.steadyFrom,
                    start.from,
                    start.settled,
                    start.steadyFrom,
                    start.to,
                    start.processes);
        }

        Run run(Phase phase, Totals totals) {
            boolean eureka = application.kind() == Application.Kind.EUREKA;
            Shares shares = Shares.of(totals.reports());
            OptionalLong even = shares.evenFrom(phase.from, phase.to, WINDOW_SECONDS, phase.processes, EVEN);
            return new Run(
                    eureka ? "http" : application.protocol(),
                    eureka ? "eureka" : "zookeeper",
                    eureka ? "instance" : "interface",
                    mode,
                    address,
                    consumers,
                    phase.name,
                    shares.calls(phase.steadyFrom, phase.to),
                    shares.lost(phase.asked, phase.to),
                    shares.deviation(phase.steadyFrom, phase.to, phase.processes),
                    even.isPresent() ? even.getAsLong() - phase.from : null,
                    phase.settled == null ? null : Math.max(0, phase.settled - phase.from));
        }
    }

    /**
     * A time in which nothing changed.
     *
     * @param asked from when on lost calls are counted: until nothing more happens
     * @param from when the last pod became ready, or pods were asked to leave
     * @param settled when the last connection came or went; null: they always do
     * @param steadyFrom from when on shares are counted
     */
    private record Phase(
            String name,
            long asked,
            long from,
            @Nullable Long settled,
            long steadyFrom,
            long to,
            Set<String> processes) {}
}
