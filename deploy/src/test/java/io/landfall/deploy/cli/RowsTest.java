package io.landfall.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.instances.InstanceTableReader;
import io.landfall.deploy.kubernetes.ApiServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowsTest {

    private final ApiServerFixture server;
    private final KubernetesClient client;
    private final InstanceTable table;

    RowsTest() throws IOException {
        server = new ApiServerFixture();
        client = server.client();
        Path file = Path.of("src/test/resources/tables/stateful.yaml");
        table = InstanceTableReader.read(file.toString(), Files.readString(file));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void runs(int replicas, String addressOfTheFirst) throws IOException {
        server.put("statefulsets/ledger", """
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "ledger"}, "spec": {"replicas": %d}}""".formatted(replicas));
        server.put("configmaps/ledger-addresses", """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "ledger-addresses"},
                 "data": {"ledger-0": "%s", "ledger-1": "2001:db8::8"}}""".formatted(addressOfTheFirst));
    }

    private void release() {
        new Rows(table, "shop").requireApplied(client);
    }

    @Test
    void shouldLetATableThatRuns() throws IOException {
        runs(2, "2001:db8::7");
        release();
    }

    @Test
    void shouldLetTheFirstRelease() {
        release();
    }

    @Test
    void shouldNeitherMoveNorAddNorDropInstances() throws IOException {
        runs(1, "2001:db8::70");
        RefusedException moved = catchThrowableOfType(RefusedException.class, this::release);

        assertThat(moved.violations())
                .extracting(Object::toString)
                .containsExactly(
                        "ledger-0: the table is ahead of what runs: move ledger-0 (2001:db8::70 to 2001:db8::7), and a release asks"
                                + " nobody whether that is meant; say landfall instances apply first",
                        "ledger-1: the table is ahead of what runs: add ledger-1 (2001:db8::8), and a release asks nobody whether"
                                + " that is meant; say landfall instances apply first");

        runs(3, "2001:db8::7");
        RefusedException dropped = catchThrowableOfType(RefusedException.class, this::release);

        assertThat(dropped.violations()).singleElement().satisfies(wrong -> assertThat(wrong.problem())
                .contains("remove ledger-2"));
    }
}
