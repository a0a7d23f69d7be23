package io.landfall.examples.load.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.examples.load.LoadPlan;
import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.OpenLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/work/7", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldCountAnswersByProviderAndRefusalsByStatus() {
        String url = "http://localhost:" + server.getAddress().getPort() + "/work/{millis}";
        LoadPlan plan = LoadPlan.steady(40, Duration.ofSeconds(1), Duration.ofSeconds(5), 100);

        LoadReport report = new OpenLoop(
                        "test", plan, () -> 7, HttpLoad.call(url, Duration.ofSeconds(5)), new HttpLossNames())
                .run(progress -> {});

        assertThat(report.answered()).isEqualTo(30);
        assertThat(report.lostByType()).containsExactly(Map.entry("HTTP/503", 10L));
        // Summed up, for a second may hold nothing but a refusal.
        assertThat(report.seconds().stream()
                        .flatMap(second -> second.providers().entrySet().stream())
                        .collect(groupingBy(Map.Entry::getKey, summingLong(Map.Entry::getValue))))
                .containsExactly(Map.entry("pod-1", 30L));
    }

    @Test
    void shouldNameARefusedConnection() {
        int port = server.getAddress().getPort();
        server.stop(0);
        LoadPlan plan = LoadPlan.steady(20, Duration.ofMillis(500), Duration.ofSeconds(5), 100);

        LoadReport report = new OpenLoop(
                        "test",
                        plan,
                        () -> 7,
                        HttpLoad.call("http://localhost:" + port, Duration.ofSeconds(5)),
                        new HttpLossNames())
                .run(progress -> {});

        assertThat(report.lost()).isEqualTo(10);
        assertThat(report.lostByType().keySet()).allMatch(name -> name.endsWith("Exception"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add(HttpLoad.PROVIDER_HEADER, "pod-1");
        exchange.sendResponseHeaders(requests.incrementAndGet() % 4 == 0 ? 503 : 200, -1);
        exchange.close();
    }
}
