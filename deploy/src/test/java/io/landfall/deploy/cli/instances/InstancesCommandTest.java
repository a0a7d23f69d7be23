package io.landfall.deploy.cli.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.cli.LandfallProgram;
import io.landfall.deploy.kubernetes.ApiServerFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InstancesCommandTest {

    private static final Path TABLES = Path.of("src/test/resources/tables");
    private static final Map<String, String> PASSWORD = Map.of("CAT_PASSWORD", "geheim&<");

    private final ApiServerFixture cluster = new ApiServerFixture();
    private StringWriter said = new StringWriter();

    InstancesCommandTest() throws IOException {}

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void shouldRenderWithoutAClusterOrAPassword() {
        assertThat(run(PASSWORD, "instances", "render", TABLES + "/cat-3.yaml")).isZero();
        assertThat(said.toString())
                .contains("kind: \"StatefulSet\"", "namespace: \"monitoring\"")
                .doesNotContain(base64("geheim"))
                .doesNotContain("geheim");
        assertThat(run(PASSWORD, "instances", "render", "--namespace=other", TABLES + "/cat-3.yaml"))
                .isZero();
        assertThat(said.toString()).contains("namespace: \"other\"").doesNotContain("namespace: \"monitoring\"");
    }

    @Test
    void shouldApplyWhatPodsNeedBeforePods() {
        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-3.yaml")).isZero();

        assertThat(cluster.writes())
                .containsExactly(
                        "PATCH configmaps/cat-addresses",
                        "PATCH configmaps/cat-files",
                        "PATCH secrets/cat-datasources",
                        "PATCH services/cat",
                        "PATCH services/cat-0",
                        "PATCH services/cat-1",
                        "PATCH services/cat-2",
                        "PATCH statefulsets/cat");
        String datasources = cluster.object("secrets/cat-datasources")
                .path("data")
                .path("datasources.xml")
                .asText();
        assertThat(new String(Base64.getDecoder().decode(datasources), StandardCharsets.UTF_8))
                .contains("<password>geheim&amp;&lt;</password>");
        assertThat(said.toString())
                .startsWith("add cat-0 (10.1.1.1)")
                .contains("applied StatefulSet cat")
                .doesNotContain("geheim");
    }

    @Test
    void shouldAddAnInstanceAndLeaveNothingElseToDo() {
        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-3.yaml")).isZero();

        assertThat(run(Map.of(), "instances", "plan", TABLES + "/cat-4.yaml")).isZero();
        assertThat(said.toString().lines())
                .containsExactly(
                        "keep cat-0 (10.1.1.1)",
                        "keep cat-1 (10.1.1.2)",
                        "keep cat-2 (10.1.1.3)",
                        "add cat-3 (10.1.1.4)");
        assertThat(run(PASSWORD, "instances", "diff", TABLES + "/cat-4.yaml")).isZero();
        assertThat(said.toString())
                .contains(
                        "~ ConfigMap cat-addresses: data.cat-3: nothing -> \"10.1.1.4\\n\"",
                        "+ Service cat-3",
                        "~ StatefulSet cat: spec.replicas: 3 -> 4",
                        "landfall.io/config-hash");

        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-4.yaml")).isZero();
        assertThat(run(PASSWORD, "instances", "diff", TABLES + "/cat-4.yaml")).isZero();
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void shouldShowNoSecretInADifference() {
        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-3.yaml")).isZero();

        assertThat(run(Map.of("CAT_PASSWORD", "other"), "instances", "diff", TABLES + "/cat-3.yaml"))
                .isZero();

        assertThat(said.toString().lines())
                .containsExactly("~ Secret cat-datasources: data.datasources.xml: (hidden) -> (hidden)");
    }

    @Test
    void shouldRemoveAnInstanceThatOwnsDataOnlyWhenToldTo() throws IOException {
        run(PASSWORD, "instances", "apply", TABLES + "/cat-4.yaml");
        cluster.put(
                "persistentvolumeclaims/data-cat-3",
                "{\"kind\":\"PersistentVolumeClaim\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"data-cat-3\"}}");
        cluster.forget();

        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-3.yaml")).isEqualTo(1);
        assertThat(said.toString().lines())
                .containsExactly("cat-3: the table has no row for it, and it still owns data;"
                        + " put the row back, or say --confirm-remove cat-3");
        assertThat(cluster.writes()).isEmpty();

        assertThat(run(PASSWORD, "instances", "apply", "--confirm-remove=cat-3", TABLES + "/cat-3.yaml"))
                .isZero();
        assertThat(cluster.writes())
                .startsWith("PATCH persistentvolumeclaims/data-cat-3")
                .endsWith("PATCH statefulsets/cat", "DELETE services/cat-3");
        assertThat(cluster.object("persistentvolumeclaims/data-cat-3")
                        .path("metadata")
                        .path("annotations")
                        .path("landfall.io/given-up")
                        .asText())
                .isEqualTo("true");

        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-3.yaml")).isZero();
        assertThat(run(PASSWORD, "instances", "apply", TABLES + "/cat-4.yaml")).isZero();
        assertThat(cluster.object("persistentvolumeclaims/data-cat-3").toString())
                .doesNotContain("given-up");
    }

    @Test
    void shouldTryAgainWhatPasses() {
        cluster.failOnceWith(503);
        cluster.failOnceWith(429);

        assertThat(run(Map.of(), "instances", "plan", TABLES + "/cat-3.yaml")).isZero();
    }

    @Test
    void shouldSayWhatDoesNotPass() {
        cluster.failOnceWith(403);

        assertThat(run(Map.of(), "instances", "plan", TABLES + "/cat-3.yaml")).isEqualTo(1);
        assertThat(said.toString()).contains("failed as asked");
    }

    @Test
    void shouldChangeNothingInADryRun() {
        assertThat(run(PASSWORD, "instances", "apply", "--dry-run", TABLES + "/cat-3.yaml"))
                .isZero();

        assertThat(cluster.writes()).hasSize(8).allMatch(line -> line.endsWith("(dry run)"));
    }

    @Test
    void shouldPrintStatementsForCatAlone() {
        assertThat(run(Map.of(), "cat", "sql", TABLES + "/cat-3.yaml")).isZero();
        assertThat(said.toString()).contains("UPDATE `config`", "<server id=\"10.1.1.3\">");
        assertThat(run(Map.of(), "cat", "sql", TABLES + "/stateful.yaml")).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatCannotBeDone(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "kind: cat\nname: Cat\n");

        assertThat(run(Map.of(), "instances", "apply", TABLES + "/cat-3.yaml")).isEqualTo(1);
        assertThat(said.toString())
                .isEqualToIgnoringNewLines(
                        "variable CAT_PASSWORD: is not set; export it: it is the password of CAT's database");
        assertThat(run(Map.of(), "instances", "plan", TABLES + "/stateful.yaml"))
                .isEqualTo(1);
        assertThat(said.toString()).contains("there is no namespace; add one to the table, or say --namespace NAME");
        assertThat(run(Map.of(), "instances", "render", folder + "/none.yaml")).isEqualTo(1);
        assertThat(said.toString()).contains("none.yaml: it cannot be read (NoSuchFileException)");
        assertThat(run(Map.of(), "instances", "render", broken.toString())).isEqualTo(1);
        assertThat(said.toString().lines().count()).isGreaterThan(4);
        assertThat(run(Map.of(), "instances", "render")).isEqualTo(2);
        assertThat(run(Map.of(), "instances")).isEqualTo(2);
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(run(Map.of(), "instances", "aply")).isEqualTo(2);
    }

    private int run(Map<String, String> environment, String... arguments) {
        said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        CommandLine program = LandfallProgram.commandLine(environment, cluster::client);
        return program.setOut(writer).setErr(writer).execute(arguments);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
