package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API server that knows no WebSockets, so that the client takes a watch as lines. */
class EventWatchTest {

    private static final Pod POD = Pods.made();
    private static final String END = "";

    private final BlockingQueue<String> watches = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventStore store = new EventStore();
    private HttpServer server;
    private KubernetesClient client;
    private EventWatch watch;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        watch = new EventWatch(client, "prod", store);
    }

    @AfterEach
    void stop() {
        watch.close();
        lines.add(END);
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldFollowWhatIsSaidAndWhatIsForgotten() throws InterruptedException {
        watch.start();
        lines.add(line("ADDED", "e1", 5));
        lines.add(line("ADDED", "e2", 6));
        until(() -> store.of(POD).size() == 2);

        lines.add(line("DELETED", "e1", 7));
        until(() -> store.of(POD).size() == 1);

        assertThat(watches.poll(10, TimeUnit.SECONDS)).doesNotContain("resourceVersion=");
    }

    @Test
    void shouldGoOnFromWhereItStood() throws InterruptedException {
        watch.start();
        assertThat(watches.poll(10, TimeUnit.SECONDS)).doesNotContain("resourceVersion=");
        lines.add(line("ADDED", "e1", 41));
        until(() -> store.of(POD).size() == 1);

        lines.add(END);

        assertThat(watches.poll(10, TimeUnit.SECONDS)).contains("resourceVersion=41");
        lines.add(line("ADDED", "e2", 42));
        until(() -> store.of(POD).size() == 2);
    }

    @Test
    void shouldBeginAnewWhereItsPlaceIsForgotten() throws InterruptedException {
        watch.start();
        assertThat(watches.poll(10, TimeUnit.SECONDS)).isNotNull();
        lines.add(line("ADDED", "e1", 41));
        until(() -> store.of(POD).size() == 1);

        lines.add("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                + "\"message\":\"too old resource version: 41 (99)\",\"reason\":\"Expired\",\"code\":410}}");

        assertThat(watches.poll(10, TimeUnit.SECONDS)).doesNotContain("resourceVersion=");
    }

    private static String line(String type, String name, int version) {
        return "{\"type\":\"" + type
                + "\",\"object\":{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"prod\",\"resourceVersion\":\"" + version
                + "\"},\"type\":\"Warning\",\"reason\":\"Unhealthy\",\"message\":\"Readiness probe failed: x\","
                + "\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"prod\",\"name\":\"shop-7f9c-x2x\",\"uid\":\"u1\"}}}";
    }

    /** The client offers HTTP/2 by the same header, which is no WebSocket. */
    private void handle(HttpExchange exchange) throws IOException {
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        watches.add(exchange.getRequestURI().toString());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                OutputStream body = exchange.getResponseBody()) {
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
