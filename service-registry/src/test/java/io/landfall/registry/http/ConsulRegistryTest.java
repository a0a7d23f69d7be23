package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.registry.RegistryException;
import io.landfall.registry.ServiceInstance;
import io.landfall.registry.ServiceRegistry;
import io.landfall.registry.springcloud.ConsulServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class ConsulRegistryTest extends ServiceRegistryContract {

    private static final String TOKEN = "b1gs-5ecret-0f-consul";

    private static Path folder;
    private static int port;
    private static @Nullable ConsulServer server;

    @BeforeAll
    static void choosePlace(@TempDir Path empty) throws IOException {
        folder = empty;
        port = EurekaServer.freePort();
        Files.writeString(folder.resolve("acl.hcl"), """
                acl {
                  enabled        = true
                  default_policy = "deny"
                  tokens { master = "%s" }
                }
                """.formatted(TOKEN));
    }

    @AfterAll
    static void stop() {
        stopAny();
    }

    @BeforeEach
    @Override
    void startServer() throws IOException {
        if (server == null) {
            server = ConsulServer.start(
                    ConsulServer.required(), folder, port, "-config-file=" + folder.resolve("acl.hcl"));
            await("the token").until(() -> services().isArray());
        }
    }

    @Override
    void stopServer() {
        stopAny();
    }

    @Override
    ServiceRegistry client() {
        return consul(TOKEN);
    }

    @Override
    List<String> consumersSee() {
        return StreamSupport.stream(services().spliterator(), false)
                .map(entry -> entry.path("Service"))
                .map(service -> service.path("Meta").path("landfall-pod").asText() + " "
                        + service.path("Address").asText() + ":"
                        + service.path("Port").asInt())
                .toList();
    }

    @Test
    void shouldWriteKeysWithoutDots() {
        client().enter(instance(ADDRESS));
        await().until(() -> consumersSee().size() == 1);

        JsonNode meta = services().get(0).path("Service").path("Meta");
        assertThat(meta.path("landfall-pod").asText()).isEqualTo("orders-0");
        assertThat(meta.path("team-name").asText()).isEqualTo("\"seed\"");
        client().remove(instance(ADDRESS));
    }

    @Test
    void shouldNeverShowItsToken() {
        ServiceRegistry wrong = consul("another-5ecret");

        assertThatThrownBy(() -> wrong.enter(instance(ADDRESS)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("answered 403")
                .hasMessageContaining("check user and password, or the token")
                .message()
                .doesNotContain("5ecret");
        pod("orders-0", wrong, Duration.ofMillis(100)).register();
        pod("orders-1").register();
        await().until(() -> logged().stream().anyMatch(line -> line.contains("answered 403")));
        await().until(() -> consumersSee().size() == 1);

        await().until(() -> logged().stream().anyMatch(line -> line.startsWith("INFO Registered orders-1")));
        assertThat(logged()).noneMatch(line -> line.contains("5ecret"));
        assertThat(wrong.place() + wrong).doesNotContain("5ecret");
    }

    @Test
    void shouldLookLikeAPodOfSpringCloud() {
        try (ConfigurableApplicationContext spring = springCloud("orders-0")) {
            pod("orders-1").register();
            await().until(() -> consumersSee().size() == 2);

            assertThat(spring.isActive()).isTrue();
            assertThat(seen("orders-1")).isEqualTo(seen("orders-0").replace("orders-0", "orders-1"));
        }
    }

    /** An agent would take the second for the first, and forget both with either. */
    @Test
    void shouldKeepTwoServicesOfOnePodApart() {
        ServiceRegistry client = client();
        ServiceInstance orders = instance(ADDRESS);
        ServiceInstance billing =
                new ServiceInstance("billing", orders.id(), orders.address(), Map.of(), Optional.empty());
        client.enter(orders);
        client.enter(billing);
        await().until(() -> !consumersSee().isEmpty());

        client.remove(billing);

        assertThat(client.renew(orders)).isTrue();
        assertThat(client.renew(billing)).isFalse();
        client.remove(orders);
    }

    /** All that consumers may look at. */
    private static String seen(String id) {
        for (JsonNode entry : services()) {
            JsonNode service = entry.path("Service");
            if (service.path("Meta").path("landfall-pod").asText().equals(id)) {
                Map<String, JsonNode> seen = new TreeMap<>();
                List.of("Service", "Address", "Port", "Tags", "Weights")
                        .forEach(name -> seen.put(name, service.path(name)));
                service.path("Meta").properties().forEach(pair -> seen.put("Meta." + pair.getKey(), pair.getValue()));
                return seen + " " + entry.path("Checks").findValuesAsText("CheckID");
            }
        }
        throw new AssertionError(id + " is not there");
    }

    private static ConfigurableApplicationContext springCloud(String pod) {
        return new SpringApplicationBuilder(Orders.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--spring.application.name=orders",
                        "--spring.cloud.discovery.enabled=true",
                        "--spring.cloud.service-registry.auto-registration.enabled=true",
                        "--spring.cloud.zookeeper.enabled=false",
                        "--eureka.client.enabled=false",
                        "--landfall.registry.enabled=true",
                        "--landfall.registry.address=" + ADDRESS,
                        "--landfall.drain.quiet-period=0s",
                        "--landfall.pod.name=" + pod,
                        "--spring.cloud.consul.enabled=true",
                        "--spring.cloud.consul.host=127.0.0.1",
                        "--spring.cloud.consul.port=" + port,
                        "--spring.cloud.consul.token=" + TOKEN,
                        "--spring.cloud.consul.discovery.acl-token=" + TOKEN);
    }

    private static ServiceRegistry consul(String token) {
        return new ConsulRegistry(
                RegistryUrl.parse("consul+http://127.0.0.1:" + port)
                        .withToken(token)
                        .servers()
                        .get(0),
                FAST);
    }

    private static JsonNode services() {
        if (server == null) {
            return new ObjectMapper().createArrayNode();
        }
        try {
            return new ObjectMapper().readTree(server.get("/v1/health/service/orders?passing&token=" + TOKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopAny() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {}
}
