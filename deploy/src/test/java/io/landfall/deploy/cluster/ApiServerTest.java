package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.api.ApiPatience;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {

    private static final Place PLACE = Place.configMap("shop", "orders-release");

    private WatchedServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = new WatchedServer();
        client = server.client();
        server.put(PLACE.path(), Json.object());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private ApiServer api() {
        return Connection.of(client, 1000, Duration.ofSeconds(5)).api();
    }

    private Duration time(Runnable calls) {
        long began = System.nanoTime();
        calls.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void shouldWaitAsLongAsAFullServerAsks() {
        server.fail(429, "1", "too many requests");
        assertThat(time(() -> assertThat(api().get(PLACE)).isPresent())).isGreaterThan(Duration.ofMillis(990));
        assertThat(server.asked("GET")).isEqualTo(2);
    }

    @Test
    void shouldAskAgainWhatPasses() {
        server.fail(500, "", "etcdserver: leader changed");
        server.fail(503, "", "apiserver not ready");
        assertThat(api().get(PLACE)).isPresent();
    }

    @Test
    void shouldSayWhatDidNotPass() {
        for (int i = 0; i < 5; i++) {
            server.fail(503, "", "apiserver not ready");
        }
        assertThatThrownBy(() -> api().get(PLACE))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("configmaps shop/orders-release")
                .hasMessageContaining("503")
                .hasMessageContaining("apiserver not ready");
    }

    @Test
    void shouldNotAskAgainWhatNeverPasses() {
        server.fail(500, "", "failed to create typed patch object: .spec.ports: element 0");
        assertThat(api().apply(PLACE, Json.object(), ApiServer.Applied.FORCED).invalid())
                .isTrue();
        assertThat(server.asked("PATCH")).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForAnAnswerThatDoesNotCome() {
        server.hang();
        ApiServer quick = new ApiServer(client, ApiPatience.impatient(1000), Duration.ofMillis(300));
        assertThat(time(() -> assertThatThrownBy(() -> quick.get(PLACE))
                        .isInstanceOf(ApiException.class)
                        .hasMessageContaining("did not answer within")))
                .as("the client's own patience is ten seconds")
                .isLessThan(Duration.ofSeconds(9));
        assertThat(api().get(PLACE)).isPresent();
    }

    @Test
    void shouldNotAskMoreOftenThanItMay() {
        ApiServer slow = Connection.of(client, 5, Duration.ofSeconds(5)).api();
        assertThat(time(() -> {
                    for (int i = 0; i < 11; i++) {
                        slow.get(PLACE);
                    }
                }))
                .isGreaterThan(Duration.ofSeconds(1));
    }
}
