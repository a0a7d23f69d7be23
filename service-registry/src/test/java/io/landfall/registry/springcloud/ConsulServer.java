package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Consul as a process of this machine: Debian's last one is in bullseye, and {@code .ci/run} gets it. */
public final class ConsulServer implements AutoCloseable {

    private final Process process;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private ConsulServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it is: {@code LANDFALL_CONSUL}, else on the path. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.ofNullable(System.getenv("LANDFALL_CONSUL")).map(Path::of),
                        Stream.of(path.split(":")).map(folder -> Path.of(folder, "consul")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The program. Only CI must have one: elsewhere a test that asks is skipped without. */
    public static Path required() {
        Optional<Path> program = program();
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(program)
                    .as("no Consul: put its server on the path, or name it with LANDFALL_CONSUL")
                    .isPresent();
        }
        return program.orElseThrow(() -> new AssertionError("CI must have a Consul; .ci/run gets one"));
    }

    /** Starts one that forgets everything, and returns when it has a leader. */
    public static ConsulServer start(Path program, Path folder) throws IOException {
        return start(program, folder, freePort());
    }

    /**
     * The same at a port of one's own.
     *
     * @param more arguments, such as a folder with configuration
     */
    public static ConsulServer start(Path program, Path folder, int port, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "agent",
                "-dev",
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-http-port=" + port,
                "-server-port=" + freePort(),
                "-serf-lan-port=" + freePort(),
                "-serf-wan-port=" + freePort(),
                "-dns-port=-1",
                "-grpc-port=-1"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("consul.log").toFile())
                .start();
        ConsulServer server = new ConsulServer(process, port);
        await("a leader of Consul")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> server.get("/v1/status/leader").contains(":"));
        return server;
    }

    public int port() {
        return port;
    }

    /** The answer to a question over its HTTP API. */
    public String get(String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    static int freePort() throws IOException {
        return FreePort.next();
    }
}
