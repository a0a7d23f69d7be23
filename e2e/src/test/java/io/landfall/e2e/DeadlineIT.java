package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Consumer;
import io.landfall.e2e.field.DrainLog;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KubernetesExtension.class)
class DeadlineIT {

    private static final int LONG_CALLS = 3;
    private static final int LONG_CALL_MILLIS = 600_000;
    private static final int DEADLINE_MILLIS = 12_000;
    private static final int CLOSE_MILLIS = 5_000;

    @Proof(
            title = "A pod that ignores its deadline",
            description =
                    "Three calls would take longer than the pods they are in are given to drain: these three are cut"
                            + " at the deadline and named in the log, and no other call is lost.")
    @Test
    void shouldCutAndNameWhatOutlivesTheDeadline(TestNamespace namespace) throws IOException {
        replaceWithLongCalls("dubbo", namespace);
    }

    @Proof(
            title = "A pod that ignores its deadline, over triple",
            description = "The same over the other protocol, with Landfall on both sides.")
    @Tag("slow")
    @Test
    void shouldCutAndNameWhatOutlivesTheDeadlineOverTriple(TestNamespace namespace) throws IOException {
        replaceWithLongCalls("tri", namespace);
    }

    private static void replaceWithLongCalls(String protocol, TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.losslessOver(protocol), protocol)) {
            field.withGreeters(4, DEADLINE_MILLIS + "ms");
            try (Consumer patient = field.hostConsumer(
                    "patient", Load.longCalls(LONG_CALLS, LONG_CALL_MILLIS), LONG_CALL_MILLIS + 20_000)) {
                field.awaitInFlight(patient, LONG_CALLS);
                // Not before, so that the long calls are in pods.
                field.withOldWorld().withConsumers(Load.SHORT_CALLS).letThemCall(Load.SHORT_CALLS, 2);
                field.greeters().restart();
                field.letThemCall(Load.SHORT_CALLS, 5);
                Totals others = field.stopConsumers();

                assertThat(others.lost()).as(others::describe).isZero();
                assertThat(patient.report().lost()).isEqualTo(LONG_CALLS);
                assertDrains(field.greeters().drains());
                assertThat(namespace.records().ends()).hasSize(4).noneMatch(end -> end.exitCode() == 137);
            }
        }
    }

    private static void assertDrains(List<DrainLog> drains) {
        assertThat(drains).hasSize(4);
        assertThat(drains).extracting(DrainLog::cut).satisfies(cut -> assertThat(
                        cut.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(LONG_CALLS));
        assertThat(drains)
                .flatExtracting(DrainLog::cutCalls)
                .hasSize(LONG_CALLS)
                .allSatisfy(call -> assertThat(call).startsWith("dubbo GreetingService.greet, running for "));
        assertThat(drains).allSatisfy(drain -> {
            assertThat(drain.forced()).isEqualTo(drain.cut() > 0);
            assertThat(drain.totalMillis()).isLessThan(DEADLINE_MILLIS + CLOSE_MILLIS + 10_000);
        });
    }
}
