package io.landfall.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is: a process of its own, with directories, and with fabric8's API server for tests. */
class RunnableJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("cli.jar"), "cli.jar"));
    private static final Logger EACH_REQUEST = Logger.getLogger(MockWebServer.class.getName());
    private static final KubernetesMockServer SERVER = server();

    private final Path folder;
    private final List<Process> started = new ArrayList<>();
    private String output = "";

    RunnableJarIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void start() {
        EACH_REQUEST.setLevel(Level.WARNING);
        SERVER.init();
    }

    @AfterAll
    static void stop() {
        SERVER.destroy();
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("source"));
        Files.writeString(folder.resolve("source/application.yaml"), "port: 8080\npassword: geheim1\n");
    }

    @AfterEach
    void shouldLeaveNoProcessAndNoSecret() {
        started.forEach(Process::destroyForcibly);
        assertThat(output).doesNotContain("geheim");
    }

    @Test
    void shouldDoItsWorkInDirectories() throws Exception {
        String store = "--store=dir:" + folder.resolve("store");
        Path schema = Files.writeString(folder.resolve("schema.json"), "{\"required\": [\"port\"]}");

        assertThat(jar("publish", "orders", "1.0", from(), store, "--schema=application.yaml=" + schema))
                .isZero();
        assertThat(output)
                .startsWith("published orders 1.0 (1 files, 29 bytes, ")
                .doesNotContain("SLF4J", "WARN");
        Files.writeString(folder.resolve("source/application.yaml"), "port: 8081\npassword: geheim2\n");
        assertThat(jar("publish-hot", "orders", "1.0", from(), store, "--dry-run"))
                .isZero();
        assertThat(output).contains("+port = 8081", "+password = ****** (changed)");
        assertThat(jar("verify", "orders", store)).isZero();
        assertThat(jar("publish", "orders", "1.0", from(), store)).isEqualTo(1);
        assertThat(output)
                .startsWith("orders 1.0: this version is published with other content")
                .doesNotContain("\tat ");
        assertThat(jar("publish", "orders", "--stor=x")).isEqualTo(2);
        assertThat(output).contains("no option is called --stor");
    }

    private static List<String> stored() {
        try (KubernetesClient client = SERVER.createClient()) {
            Stream<? extends HasMetadata> maps = client.configMaps().inNamespace("shop").list().getItems().stream();
            Stream<? extends HasMetadata> secrets = client.secrets().inNamespace("shop").list().getItems().stream();
            return Stream.concat(maps, secrets)
                    .map(object -> object.getMetadata().getName())
                    .toList();
        }
    }

    @Test
    void shouldDoItsWorkInACluster() throws Exception {
        String store = "--store=kubernetes:shop";

        assertThat(jar("publish", "orders", "2.0", from(), store, "--output=json"))
                .isZero();
        JsonNode published = new ObjectMapper().readTree(output);
        assertThat(published.get("outcome").asText()).isEqualTo("published");
        assertThat(published.get("objects").findValuesAsText("name"))
                .as("what a template has to mount")
                .containsExactlyInAnyOrderElementsOf(stored());
        Files.writeString(folder.resolve("source/application.yaml"), "port: 8081\npassword: geheim2\n");
        assertThat(jar("publish-hot", "orders", "2.0", from(), store)).isZero();
        assertThat(jar("list", "orders", store)).isZero();
        assertThat(output.lines()).hasSize(3).anyMatch(l -> l.startsWith("2.0 ") && l.endsWith("  2.0.h1"));
        assertThat(jar("retain", "orders", store, "--keep=0", "--youth=0s", "--apply"))
                .isZero();
        assertThat(output.lines()).hasSize(2).allMatch(l -> l.startsWith("deleted  2.0"));
        try (KubernetesClient client = SERVER.createClient()) {
            assertThat(client.configMaps().inNamespace("shop").list().getItems())
                    .isEmpty();
            assertThat(client.secrets().inNamespace("shop").list().getItems()).isEmpty();
        }
    }

    @Test
    void shouldNotGrowUnnoticed() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(16L << 20);
    }

    private String from() {
        return "--from=dir:" + folder.resolve("source");
    }

    private int jar(String... arguments) throws IOException, InterruptedException {
        kubeconfig("http://127.0.0.1:" + SERVER.getPort());
        return run(List.of(arguments));
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        File said = folder.resolve("output").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KUBERNETES_"));
        environment.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        Process process = builder.start();
        started.add(process);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        output = Files.readString(said.toPath());
        return process.exitValue();
    }

    private void kubeconfig(String server) throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: geheim3}}]
                contexts: [{name: c, context: {cluster: c, user: u, namespace: other}}]
                current-context: c
                """.formatted(server));
    }

    private static KubernetesMockServer server() {
        MockWebServer web = new MockWebServer();
        // The JDK's client asks for it, and is not served well.
        web.setHttp2ClearTextEnabled(false);
        return new KubernetesMockServer(
                new Context(new ObjectMapper()), web, new HashMap<>(), new KubernetesCrudDispatcher(), false);
    }
}
