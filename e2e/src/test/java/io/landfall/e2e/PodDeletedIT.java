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
class PodDeletedIT {

    @Proof(
            title = "A pod is deleted",
            description =
                    "One of four pods is deleted while consumers on the host and in a pod call: its ReplicaSet puts"
                            + " another in its place, and no call is lost.")
    @Test
    void shouldLoseNoCall(TestNamespace namespace) throws IOException {
        deleteUnderLoad("dubbo", namespace);
    }

    @Proof(
            title = "A pod is deleted, over triple",
            description = "The same over the other protocol, with Landfall on both sides.")
    @Tag("slow")
    @Test
    void shouldLoseNoCallOverTriple(TestNamespace namespace) throws IOException {
        deleteUnderLoad("tri", namespace);
    }

    private static void deleteUnderLoad(String protocol, TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.losslessOver(protocol), protocol)) {
            field.withGreeters(4).withOldWorld().withConsumers(Load.USUAL).letThemCall(Load.USUAL, 5);
            String deleted = field.greeters().deleteOne();
            field.greeters().awaitServing();
            field.letThemCall(Load.USUAL, 5);
            Totals totals = field.stopConsumers();

            assertThat(totals.lost()).as(totals::describe).isZero();
            assertThat(field.greeters().pods()).hasSize(4).doesNotContain(deleted);
            assertThat(namespace.records().ends()).hasSize(1).noneMatch(end -> end.exitCode() == 137);
        }
    }
}
