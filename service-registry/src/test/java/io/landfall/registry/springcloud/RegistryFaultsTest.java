package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.shared.Application;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import io.landfall.registry.dubbo.OwnLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Real registries that come late, and forget everything when they are started anew. Nobody logs their passwords. */
@Timeout(180)
class RegistryFaultsTest {

    private static final String SECRET = "s3cret";
    private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

    private OwnLog log;
    private @Nullable ConfigurableApplicationContext pod;

    /** Spring Boot would set up the log anew, and nobody would listen. */
    @BeforeEach
    void listen() {
        System.setProperty(LOGGING, "none");
        log = new OwnLog();
    }

    @AfterEach
    void seeThatNothingWasSaid() {
        System.clearProperty(LOGGING);
        if (pod != null) {
            pod.close();
        }
        log.close();
        assertThat(log.all()).noneMatch(line -> line.contains(SECRET));
        assertThat(log.hasStackTraces()).isFalse();
    }

    @Test
    void shouldBeInConsulOnceWhenItComesAndOnceWhenItHasForgotten(@TempDir Path folder) throws Exception {
        Path program = consul();
        int port = ConsulServer.freePort();
        ConfigurableApplicationContext orders = orders(onConsul(port));
        pod = orders;
        await().until(() -> !log.complaints().isEmpty());
        assertThat(orders.isRunning()).isTrue();

        try (ConsulServer server = ConsulServer.start(program, folder, port)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> passing(server).size() == 1);
        }
        try (ConsulServer forgetful = ConsulServer.start(program, folder, port)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> passing(forgetful).size() == 1);
            orders.close();
            await().until(() -> passing(forgetful).isEmpty());
        }
        assertThat(log.complaints())
                .as("one line for each state")
                .singleElement()
                .asString()
                .startsWith("Registering orders");
    }

    @Test
    void shouldBeInEurekaOnceWhenItComesAndOnceWhenItHasForgotten() throws Exception {
        int port = ConsulServer.freePort();
        ConfigurableApplicationContext orders = orders(onEureka(port));
        pod = orders;
        assertThat(orders.isRunning()).isTrue();

        try (ConfigurableApplicationContext server = eureka(port)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> instances(server).size() == 1);
        }
        try (ConfigurableApplicationContext forgetful = eureka(port)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> instances(forgetful).size() == 1);
            orders.close();
            await().until(() -> instances(forgetful).isEmpty());
        }
    }

    private static ConfigurableApplicationContext orders(Stream<String> registry) {
        return run(
                Orders.class,
                Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "spring.application.name=orders",
                                "spring.cloud.service-registry.auto-registration.enabled=true",
                                "landfall.registry.enabled=true",
                                "landfall.registry.address=203.0.113.10:30080",
                                "landfall.drain.quiet-period=0s",
                                "landfall.pod.name=orders-0"),
                        registry));
    }

    private static Stream<String> onConsul(int port) {
        return Stream.of(
                "eureka.client.enabled=false",
                "spring.cloud.consul.enabled=true",
                "spring.cloud.consul.host=127.0.0.1",
                "spring.cloud.consul.port=" + port,
                "spring.cloud.consul.discovery.acl-token=" + SECRET,
                "spring.cloud.consul.discovery.heartbeat.ttl=3s");
    }

    private static Stream<String> onEureka(int port) {
        return Stream.of(
                "spring.cloud.consul.enabled=false",
                "eureka.client.enabled=true",
                // Which the server brings, and half of which is enough for the client to want the other half.
                "eureka.client.jersey.enabled=false",
                "eureka.client.service-url.defaultZone=http://app:" + SECRET + "@127.0.0.1:" + port + "/eureka/",
                "eureka.client.initial-instance-info-replication-interval-seconds=1",
                "eureka.client.instance-info-replication-interval-seconds=1",
                "eureka.instance.lease-renewal-interval-in-seconds=1");
    }

    private static ConfigurableApplicationContext eureka(int port) {
        return run(
                Eureka.class,
                Stream.of(
                        "server.port=" + port,
                        "spring.cloud.consul.enabled=false",
                        "eureka.client.enabled=true",
                        "eureka.client.register-with-eureka=false",
                        "eureka.client.fetch-registry=false",
                        "landfall.registry.enabled=false",
                        "landfall.drain.quiet-period=0s"));
    }

    private static ConfigurableApplicationContext run(Class<?> application, Stream<String> properties) {
        Stream<String> common = Stream.of(
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "spring.cloud.discovery.enabled=true",
                "spring.cloud.zookeeper.enabled=false");
        return new SpringApplicationBuilder(application)
                .run(Stream.concat(common, properties)
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }

    private static JsonNode passing(ConsulServer server) throws IOException {
        return new ObjectMapper().readTree(server.get("/v1/health/service/orders?passing"));
    }

    private static List<InstanceInfo> instances(ConfigurableApplicationContext server) {
        Application orders = server.getBean(PeerAwareInstanceRegistry.class).getApplication("ORDERS");
        return orders == null ? List.of() : orders.getInstances();
    }

    /** Only CI must have one. */
    private static Path consul() {
        Optional<Path> program = ConsulServer.program();
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(program)
                    .as("no Consul: put its server on the path, or name it with LANDFALL_CONSUL")
                    .isPresent();
        }
        return program.orElseThrow(() -> new AssertionError("CI must have a Consul; .ci/run gets one"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Eureka {}
}
