package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KubernetesExtension.class)
class ScalingIT {

    @Proof(
            title = "Scaling 4 → 1 → 4",
            description =
                    "A Deployment is scaled from four pods to one and back while consumers on the host and in a pod"
                            + " call: no call is lost.")
    @Test
    void shouldLoseNoCall(TestNamespace namespace) throws IOException {
        scaleUnderLoad("dubbo", namespace);
    }

    @Proof(
            title = "Scaling 4 → 1 → 4 over triple",
            description = "The same over the other protocol, with Landfall on both sides.")
    @Tag("slow")
    @Test
    void shouldLoseNoCallOverTriple(TestNamespace namespace) throws IOException {
        scaleUnderLoad("tri", namespace);
    }

    private static void scaleUnderLoad(String protocol, TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.losslessOver(protocol), protocol)) {
            field.withGreeters(4).withOldWorld().withConsumers(Load.USUAL).letThemCall(Load.USUAL, 5);
            field.greeters().scale(1);
            field.letThemCall(Load.USUAL, 5);
            field.greeters().scale(4);
            field.letThemCall(Load.USUAL, 5);
            Totals totals = field.stopConsumers();

            assertThat(totals.lost()).as(totals::describe).isZero();
            assertThat(namespace.records().ends()).hasSize(3).noneMatch(end -> end.exitCode() == 137);
            assertThat(totals.answersByProvider()).hasSizeGreaterThanOrEqualTo(Field.OLD_WORLD + podsCalled(protocol));
        }
    }

    /** Over triple a consumer has one connection to the external address, and so one pod at a time. */
    private static int podsCalled(String protocol) {
        return protocol.equals("dubbo") ? 5 : 1;
    }
}
