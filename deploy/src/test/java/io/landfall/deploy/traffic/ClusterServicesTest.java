package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.landfall.deploy.traffic.ServiceDirectory.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterServicesTest {

    private record Answer(int status, String body) {}

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> answers = path -> new Answer(500, "{}");
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void shouldReadPageByPageAndKeepWhatIsRelevant() {
        answers = path -> path.contains("continue=next")
                ? new Answer(200, list("", "c"))
                : new Answer(200, list("next", "a", "b"));

        Seen seen = new ClusterServices(client, "prod")
                .look(service -> !service.getMetadata().getName().equals("b"));

        assertThat(seen.services())
                .extracting(service -> service.getMetadata().getName())
                .containsExactly("a", "c");
        assertThat(seen.notLookedAt()).isEmpty();
        assertThat(asked).allMatch(path -> path.startsWith("/api/v1/services?") && path.contains("limit=500"));
    }

    @Test
    void shouldSayWhatItCouldNotLookAt() {
        answers = path -> path.startsWith("/api/v1/namespaces/prod/services")
                ? new Answer(200, list("", "a"))
                : new Answer(403, status(403));

        Seen seen = new ClusterServices(client, "prod").look(service -> true);

        assertThat(seen.services()).hasSize(1);
        assertThat(seen.notLookedAt())
                .contains(
                        "Services of other namespaces than prod were not looked at: this account may not list them. Whether one of them"
                                + " has the address is unknown.");
    }

    @Test
    void shouldBeginAgainWhereTheListHasGrownOld() {
        answers = path -> {
            if (path.contains("continue=old")) {
                return new Answer(410, status(410));
            }
            return new Answer(200, asked.size() == 1 ? list("old", "a") : list("", "a", "b"));
        };

        assertThat(new ClusterServices(client, "prod").look(service -> true).services())
                .hasSize(2);
    }

    private static String list(String next, String... names) {
        String items = String.join(
                ",",
                List.of(names).stream()
                        .map(name -> "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"x\"}}")
                        .toList());
        return "{\"kind\":\"ServiceList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"" + next
                + "\"},\"items\":[" + items + "]}";
    }

    private static String status(int code) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"no\",\"code\":" + code
                + "}";
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        Answer answer = answers.apply(path);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
