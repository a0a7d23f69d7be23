package io.landfall.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.deploy.kubernetes.ApiServerFixture;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiCallsTest {

    private final ApiCalls api = new ApiCalls();
    private final ApiServerFixture server;
    private final KubernetesClient client;

    ApiCallsTest() throws IOException {
        server = new ApiServerFixture();
        client = server.client();
    }

    @BeforeEach
    void put() throws IOException {
        server.put(
                "configmaps/orders",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"orders\"}}");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private @Nullable ConfigMap get(String name) {
        return api.call(
                () -> client.configMaps().inNamespace("shop").withName(name).get());
    }

    private Duration time(Runnable calls) {
        long began = System.nanoTime();
        calls.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void shouldWaitAsLongAsAFullServerAsks() {
        server.failOnceWith(429, 2);
        assertThat(time(() -> assertThat(get("orders")).isNotNull())).isGreaterThan(Duration.ofMillis(1_990));
    }

    @Test
    void shouldWaitASecondForAFullServerThatDoesNotSay() {
        server.failOnceWith(429);
        assertThat(time(() -> assertThat(get("orders")).isNotNull())).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void shouldAskAgainWhatPasses() {
        server.failOnceWith(500);
        server.failOnceWith(503);
        assertThat(get("orders")).isNotNull();
    }

    @Test
    void shouldSayWhatDidNotPass() {
        for (int i = 0; i < 5; i++) {
            server.failOnceWith(503);
        }
        assertThatThrownBy(() -> get("orders"))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(503))
                .hasMessageContaining("failed as asked");
        assertThat(get("orders")).isNotNull();
    }

    @Test
    void shouldNotAskAgainWhatDoesNotPass() {
        server.failOnceWith(403);
        assertThatThrownBy(() -> get("orders"))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(403));
        assertThat(get("orders")).isNotNull();
    }

    @Test
    void shouldAnswerThatNothingIsThere() {
        assertThat(get("customers")).isNull();
    }

    @Test
    void shouldNotAskMoreOftenThanItMay() {
        assertThat(time(() -> {
                    for (int i = 0; i < 41; i++) {
                        get("orders");
                    }
                }))
                .isGreaterThan(Duration.ofSeconds(1));
    }
}
