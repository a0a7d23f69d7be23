package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.netflix.appinfo.InstanceInfo;
import com.sun.net.httpserver.HttpServer;
import io.landfall.registry.RegistryException;
import io.landfall.registry.ServiceRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class EurekaRegistryTest extends ServiceRegistryContract {

    private static final String PASSWORD = "geheim@x,y/z";
    private static final String IN_A_URL = "registrar:geheim%40x%2Cy%2Fz@";

    private static int port;
    private static @Nullable EurekaServer server;

    @BeforeAll
    static void choosePort() throws IOException {
        port = EurekaServer.freePort();
    }

    @AfterAll
    static void stop() {
        stopAny();
    }

    @BeforeEach
    @Override
    void startServer() {
        if (server == null) {
            server = EurekaServer.start(port, "registrar:" + PASSWORD);
        }
    }

    @Override
    void stopServer() {
        stopAny();
    }

    @Override
    ServiceRegistry client() {
        return eureka("eureka+" + url(IN_A_URL));
    }

    @Override
    List<String> consumersSee() {
        return instances().stream()
                .map(instance -> instance.getInstanceId() + " " + instance.getHostName() + ":" + instance.getPort())
                .toList();
    }

    @Test
    void shouldTryServersInTurn() {
        String dead = "http://127.0.0.1:1/eureka";
        ServiceRegistry first = eureka("eureka+" + dead + "," + url(IN_A_URL));

        first.enter(instance(ADDRESS));

        assertThat(consumersSee()).containsExactly("orders-0 " + ADDRESS);
        assertThat(first.renew(instance(ADDRESS))).isTrue();
        first.remove(instance(ADDRESS));
        assertThatThrownBy(() -> eureka("eureka+" + dead + "," + url("")).enter(instance(ADDRESS)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(dead + " cannot be connected to")
                .hasMessageContaining("answered 401");
    }

    /** As a proxy does that has lost it. */
    @Test
    void shouldAskTheNextServerAfterOneThatKnowsNothing() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.start();
        try {
            String lost = "http://127.0.0.1:" + proxy.getAddress().getPort() + "/eureka";
            ServiceRegistry registry = eureka("eureka+" + lost + "," + url(IN_A_URL));

            assertThatThrownBy(() -> registry.enter(instance(ADDRESS)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(lost)
                    .hasMessageContaining("404");
            registry.enter(instance(ADDRESS));

            assertThat(consumersSee()).containsExactly("orders-0 " + ADDRESS);
            registry.remove(instance(ADDRESS));
        } finally {
            proxy.stop(0);
        }
    }

    /** This server quotes in its answer what it was sent. */
    @Test
    void shouldNeverShowCredentials() {
        ServiceRegistry wrong = eureka("eureka+" + url("registrar:also%3Ageheim@"));
        pod("orders-0", wrong, Duration.ofMillis(100)).register();
        pod("orders-1").register();
        await().until(() -> consumersSee().size() == 1);
        await().until(() -> logged().stream().anyMatch(line -> line.contains("answered 401")));

        await().until(() -> logged().stream().anyMatch(line -> line.startsWith("INFO Registered orders-1")));
        assertThat(logged()).noneMatch(line -> line.contains("heim")).noneMatch(line -> line.contains("cmVnaXN0cmFy"));
        assertThat(wrong.place() + wrong).doesNotContain("heim");
    }

    @Test
    void shouldLookLikeAPodOfSpringCloud() {
        try (ConfigurableApplicationContext spring = springCloud("orders-0")) {
            pod("orders-1").register();
            await().until(() -> instances().size() == 2);

            assertThat(spring.isActive()).isTrue();
            assertThat(seen(instances().get(0))).isEqualTo(seen(instances().get(1)));
            assertThat(instances()).allSatisfy(instance -> assertThat(instance.getMetadata())
                    .containsEntry("landfall.pod", instance.getInstanceId()));
        }
    }

    /** All that consumers may look at, but for the pod's name, and Spring's port of management. */
    private static Map<String, Object> seen(InstanceInfo instance) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("app", instance.getAppName());
        seen.put("host", instance.getHostName());
        seen.put("ip", instance.getIPAddr());
        seen.put("port", instance.getPort());
        seen.put("enabled", instance.isPortEnabled(InstanceInfo.PortType.UNSECURE));
        seen.put("secure port", instance.getSecurePort());
        seen.put("secure enabled", instance.isPortEnabled(InstanceInfo.PortType.SECURE));
        seen.put("vip", instance.getVIPAddress());
        seen.put("secure vip", instance.getSecureVipAddress());
        seen.put("home", instance.getHomePageUrl());
        seen.put("status page", instance.getStatusPageUrl());
        seen.put("health", instance.getHealthCheckUrl());
        seen.put("status", instance.getStatus());
        seen.put("data center", instance.getDataCenterInfo().getName());
        return seen;
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
                        "--spring.cloud.consul.enabled=false",
                        "--landfall.registry.enabled=true",
                        "--landfall.registry.address=" + ADDRESS,
                        "--landfall.drain.quiet-period=0s",
                        "--landfall.pod.name=" + pod,
                        "--eureka.client.enabled=true",
                        "--eureka.client.jersey.enabled=false",
                        "--eureka.client.service-url.defaultZone=" + url(IN_A_URL) + "/",
                        "--eureka.client.initial-instance-info-replication-interval-seconds=1");
    }

    private static ServiceRegistry eureka(String url) {
        return new EurekaRegistry(RegistryUrl.parse(url).servers(), FAST);
    }

    private static String url(String credentials) {
        return "http://" + credentials + "127.0.0.1:" + port + "/eureka";
    }

    private static List<InstanceInfo> instances() {
        return server == null ? List.of() : server.instances("orders");
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
