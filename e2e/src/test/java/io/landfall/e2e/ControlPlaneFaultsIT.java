package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.cluster.ClusterScript;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KubernetesExtension.class)
class ControlPlaneFaultsIT {

    private static final int FAULT_SECONDS = 60;

    @Proof(
            title = "The kubelet is away",
            description =
                    "A pod is deleted while its kubelet is stopped for 60 s, under load: the pod goes on serving until"
                            + " the kubelet is back, then drains; no call is lost.")
    @Tag("slow")
    @ParameterizedTest(name = "kubelet {0}")
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldOutliveTheKubelet(String protocol, TestNamespace namespace) throws IOException {
        ClusterScript script = script(namespace);
        try (Field field = Field.open(namespace, Mode.losslessOver(protocol), protocol)) {
            begin(field);
            script.stop("kubelet");
            try {
                field.greeters().deleteOne();
                field.letThemCall(Load.USUAL, FAULT_SECONDS);
            } finally {
                script.start("kubelet");
            }
            end(field, 1, namespace);
        }
    }

    @Proof(
            title = "The API server is away",
            description =
                    "In the middle of a rolling restart under load the API server is stopped for 60 s: the restart goes"
                            + " on when it is back; no call is lost.")
    @Tag("slow")
    @ParameterizedTest(name = "apiserver {0}")
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldOutliveTheApiServer(String protocol, TestNamespace namespace) throws IOException {
        ClusterScript script = script(namespace);
        try (Field field = Field.open(namespace, Mode.losslessOver(protocol), protocol)) {
            begin(field);
            field.greeters().beginRestart();
            field.greeters().awaitEnding();
            script.stop("apiserver");
            try {
                field.letThemCall(Load.USUAL, FAULT_SECONDS);
            } finally {
                script.start("apiserver");
            }
            end(field, 4, namespace);
        }
    }

    private static void begin(Field field) {
        field.withGreeters(4).withOldWorld().withConsumers(Load.USUAL).letThemCall(Load.USUAL, 5);
    }

    private static void end(Field field, int podsEnded, TestNamespace namespace) {
        field.greeters().awaitServing(Duration.ofMinutes(4));
        field.letThemCall(Load.USUAL, 5);
        Totals totals = field.stopConsumers();

        assertThat(totals.lost()).as(totals::describe).isZero();
        assertThat(totals.maxMillis()).isLessThan(Field.TIMEOUT_MILLIS);
        assertThat(field.greeters().drains()).allMatch(drain -> !drain.forced());
        assertThat(namespace.records().ends())
                .hasSizeLessThanOrEqualTo(podsEnded)
                .noneMatch(end -> end.exitCode() == 137);
    }

    private static ClusterScript script(TestNamespace namespace) {
        Assumptions.assumeTrue(
                namespace.cluster().script().isPresent(), "the parts of somebody's cluster are not ours to stop");
        return namespace.cluster().script().orElseThrow();
    }
}
