package io.landfall.registry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.appinfo.InstanceInfo;
import com.sun.net.httpserver.HttpServer;
import io.landfall.registry.http.EurekaServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a sidecar: a process of its own, a real Eureka that asks for a password, and a web server to look after. */
class RunnableJarIT {

    private static final String JAR = Objects.requireNonNull(System.getProperty("cli.jar"), "cli.jar");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PASSWORD = "geheim";
    private static final String BASE64 = "cmVnaXN0cmFyOmdlaGVpbQ==";

    private static final int EUREKA_PORT = freePort();
    private static final EurekaServer EUREKA = EurekaServer.start(EUREKA_PORT, "registrar:" + PASSWORD);

    private final List<Process> started = new ArrayList<>();
    private final HttpServer process;
    private volatile int health = 503;
    private final Path folder;

    RunnableJarIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterAll
    static void stopEureka() {
        EUREKA.close();
    }

    @BeforeEach
    void startProcess() {
        process.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(health, -1);
            exchange.close();
        });
        process.start();
    }

    @AfterEach
    void stopAll() {
        process.stop(0);
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldKeepAProcessRegisteredForAsLongAsItIsReady() throws Exception {
        Path eip = Files.writeString(folder.resolve("eip"), "203.0.113.10:30080\n");
        Process sidecar = sidecar(
                Map.of("LANDFALL_EIP_FILE", eip.toString()),
                "--ready-url=http://127.0.0.1:" + port() + "/health",
                "--unready-after=1s",
                "--metadata=team.name=seed");
        await().atMost(LONG).until(() -> output().contains("Waiting until the process is ready"));
        assertThat(entries()).isEmpty();

        health = 204;
        await().atMost(LONG).until(() -> entries().equals(List.of("orders-0 203.0.113.10:30080")));
        assertThat(EUREKA.instances("orders").get(0).getMetadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("landfall.pod", "orders-0", "team.name", "seed"));

        health = 500;
        await().atMost(LONG).until(() -> entries().isEmpty());
        assertThat(output()).contains("the ready URL answers 500");

        health = 200;
        await().atMost(LONG).until(() -> entries().size() == 1);
        Files.writeString(eip, "203.0.113.11:30080\n");
        await().atMost(LONG).until(() -> entries().equals(List.of("orders-0 203.0.113.11:30080")));

        sidecar.destroy();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sidecar.exitValue()).isZero();
        assertThat(entries()).isEmpty();
        assertThat(output()).contains("Withdrew orders-0").doesNotContain(PASSWORD, BASE64);
    }

    @Test
    void shouldTakeOutWhatAKilledPodLeft() throws Exception {
        Process sidecar = sidecar(Map.of("LANDFALL_REGISTRY_ADDRESS", "203.0.113.10"));
        await().atMost(LONG).until(() -> entries().equals(List.of("orders-0 203.0.113.10:" + port())));
        sidecar.destroyForcibly().waitFor();
        assertThat(entries()).hasSize(1);

        Path url = Files.writeString(folder.resolve("url"), url());
        Process withdrawal = jar(Map.of(), "withdraw", "--service=orders", "--pod=orders-0", "--registry-file=" + url);

        assertThat(withdrawal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(withdrawal.exitValue()).isZero();
        assertThat(entries()).isEmpty();
    }

    @Test
    void shouldEndInTimeWhereTheRegistryHangs() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Process sidecar = sidecar(
                    Map.of(
                            "LANDFALL_REGISTRY_ADDRESS",
                            "203.0.113.10",
                            "LANDFALL_REGISTRY_URL",
                            "consul+http://127.0.0.1:" + hanging.getLocalPort()),
                    "--withdraw-within=1s");
            await().atMost(LONG).until(() -> output().contains("registering it"));

            long begin = System.nanoTime();
            sidecar.destroy();

            assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sidecar.exitValue()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(output()).contains("did not take the entry out within 1000 ms");
        }
    }

    @Test
    void shouldEndWith0WhenItIsStoppedBeforeItHasAnAddress() throws Exception {
        Process sidecar =
                sidecar(Map.of("LANDFALL_EIP_FILE", folder.resolve("eip").toString()));
        await().atMost(LONG).until(() -> output().contains("Waiting up to 120 s for an external address"));

        sidecar.destroy();

        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sidecar.exitValue()).isZero();
    }

    @Test
    void shouldRegisterThePodsOwnAddressOnlyWhereThatIsAllowed() throws Exception {
        Process sidecar = sidecar(Map.of(
                "LANDFALL_EIP_FILE", "/nowhere/eip",
                "LANDFALL_REGISTRY_WAIT", "0s",
                "LANDFALL_REGISTRY_MISSING", "pod-ip",
                "POD_IP", "10.244.1.7"));

        await().atMost(LONG).until(() -> entries().equals(List.of("orders-0 10.244.1.7:" + port())));
        assertThat(output()).contains("No external address found");
        sidecar.destroy();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(entries()).isEmpty();
    }

    @Test
    void shouldEndWith1WhereNobodyKnowsTheAddress() throws Exception {
        Process sidecar = sidecar(Map.of("LANDFALL_EIP_FILE", "/nowhere/eip", "LANDFALL_REGISTRY_WAIT", "0s"));

        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sidecar.exitValue()).isEqualTo(1);
        assertThat(output()).contains("No external address found").doesNotContain("\tat ");
    }

    @Test
    void shouldEndWith2WhenToldSomethingWrong() throws Exception {
        Process wrong = jar(Map.of(), "register", "--port=http");

        assertThat(wrong.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.exitValue()).isEqualTo(2);
        assertThat(output())
                .contains("--service is missing", "--port is 'http'")
                .doesNotContain("SLF4J");
    }

    private Process sidecar(Map<String, String> environment, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("register", "--service=orders", "--port=" + port()));
        arguments.addAll(List.of(more));
        return jar(environment, arguments.toArray(String[]::new));
    }

    private Process jar(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-jar",
                JAR));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "output")));
        builder.environment().put("POD_NAME", "orders-0");
        builder.environment().put("LANDFALL_REGISTRY_URL", url());
        builder.environment().putAll(environment);
        Process jar = builder.start();
        started.add(jar);
        return jar;
    }

    private static int freePort() {
        try {
            return EurekaServer.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url() {
        return "eureka+http://registrar:" + PASSWORD + "@127.0.0.1:" + EUREKA_PORT + "/eureka";
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() {
        return process.getAddress().getPort();
    }

    private static List<String> entries() {
        return EUREKA.instances("orders").stream().map(RunnableJarIT::shown).toList();
    }

    private static String shown(InstanceInfo instance) {
        return instance.getInstanceId() + " " + instance.getHostName() + ":" + instance.getPort();
    }
}
