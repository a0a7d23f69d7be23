package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.RestartReport.Run;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KubernetesExtension.class)
class RollingRestartIT {

    /** Of each protocol, so that both together make 20,000. */
    private static final long CALLS = 10_000;

    private static final RestartReport report = new RestartReport();

    @Proof(
            title = "Rolling restart",
            description =
                    "Four pods behind an external address are replaced twice, two at a time, while consumers on the"
                            + " host and in a pod call them and two old-world providers: of at least 20,000 calls over dubbo and"
                            + " tri together, none is lost. The dubbo consumers are stock, the tri consumers have Landfall too.")
    @ParameterizedTest(name = "landfall {0}")
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldLoseNoCall(String protocol, TestNamespace namespace) throws IOException {
        Mode mode = Mode.losslessOver(protocol);
        try (Field field = Field.open(namespace, mode, protocol)) {
            begin(field);
            field.greeters().restart();
            field.greeters().restart();
            while (field.calls() < CALLS) {
                field.letThemCall(Load.USUAL, 1);
            }
            Run run = end(mode, protocol, 2, field, namespace);

            assertThat(run.lost()).as(run.lostByType()::toString).isZero();
            assertThat(run.calls()).isGreaterThanOrEqualTo(CALLS);
            assertThat(run.podsEnded()).isEqualTo(8);
            assertThat(run.answersByProvider()).hasSizeGreaterThanOrEqualTo(Field.OLD_WORLD + podsCalled(protocol));
            assertThat(run.podsKilled()).isZero();
            assertThat(namespace.records().restarts()).isZero();
        }
    }

    @Proof(
            title = "The same with stock triple consumers",
            description =
                    "Pods with Landfall are replaced once under the calls of stock triple consumers, which lose a call to"
                            + " races of their own in some runs: how many is measured and reported, and they are few.")
    @Tag("slow")
    @Test
    void shouldLoseFewCallsOfStockTripleConsumers(TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.LANDFALL, "tri")) {
            begin(field);
            field.greeters().restart();
            Run run = end(Mode.LANDFALL, "tri", 1, field, namespace);

            assertThat(run.lost()).as(run.lostByType()::toString).isLessThan(run.calls() / 200);
        }
    }

    @Proof(
            title = "The same with stock Dubbo",
            description =
                    "The same pods without Landfall, told to register the external address over triple, are replaced once under"
                            + " the same load: how many calls they lose is measured and reported, for comparison.")
    @Test
    void shouldMeasureStockDubbo(TestNamespace namespace) throws IOException {
        measureStock("tri", namespace);
    }

    @Proof(
            title = "The same with stock Dubbo over its own protocol",
            description =
                    "The same over the protocol dubbo, which loses little where old providers are beside the pods.")
    @Tag("slow")
    @Test
    void shouldMeasureStockDubboOverItsOwnProtocol(TestNamespace namespace) throws IOException {
        measureStock("dubbo", namespace);
    }

    private static void measureStock(String protocol, TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.STOCK, protocol)) {
            begin(field);
            field.greeters().restart();
            Run run = end(Mode.STOCK, protocol, 1, field, namespace);

            assertThat(run.podsEnded()).isEqualTo(4);
        }
    }

    /** Over triple every pod has one entry, and the balancer may give the connections of several to the same pod. */
    private static int podsCalled(String protocol) {
        return protocol.equals("dubbo") ? 8 : 3;
    }

    @AfterAll
    static void write() throws IOException {
        report.write(Path.of(System.getProperty("basedir", "."), "target", "rolling-restart.json"));
    }

    private static void begin(Field field) {
        field.withGreeters(4).withOldWorld().withConsumers(Load.USUAL).letThemCall(Load.USUAL, 5);
    }

    private static Run end(Mode mode, String protocol, int restarts, Field field, TestNamespace namespace) {
        field.letThemCall(Load.USUAL, 5);
        Totals totals = field.stopConsumers();
        Run run = Run.of(
                mode,
                protocol,
                restarts,
                totals,
                namespace.records().ends(),
                field.greeters().drains());
        report.add(run);
        assertThat(totals.answersByProvider()).containsKeys("old-1", "old-2");
        return run;
    }
}
