package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.shared.Application;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Pods behind one address, and real registries. */
class ExternalAddressOnServersTest {

    private static final String ADDRESS = "203.0.113.10:30080";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    @Test
    void shouldGiveEveryPodAnEntryOfItsOwnInZooKeeper() throws Exception {
        TestingServer zooKeeper = new TestingServer(true);
        open.add(zooKeeper);
        ConfigurableApplicationContext first = pod("orders-0", onZooKeeper(zooKeeper));
        ConfigurableApplicationContext second = pod("orders-1", onZooKeeper(zooKeeper));
        DiscoveryClient discovery = first.getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("orders").size() == 2);

        assertThat(discovery.getInstances("orders"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactlyInAnyOrder("orders-0", "orders-1");
        assertThat(discovery.getInstances("orders")).allSatisfy(instance -> {
            assertThat(instance.getHost() + ":" + instance.getPort()).isEqualTo(ADDRESS);
            assertThat(instance.getMetadata()).containsEntry("landfall.pod", instance.getInstanceId());
        });

        second.close();

        await().until(() -> discovery.getInstances("orders").size() == 1);
        assertThat(discovery.getInstances("orders"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("orders-0");
    }

    @Test
    void shouldGiveEveryPodAnEntryOfItsOwnInEureka() {
        ConfigurableApplicationContext server = eureka();
        ConfigurableApplicationContext first = pod("orders-0", onEureka(server));
        ConfigurableApplicationContext second = pod("orders-1", onEureka(server));
        await().until(() -> instances(server).size() == 2);

        assertThat(instances(server))
                .extracting(InstanceInfo::getInstanceId)
                .containsExactlyInAnyOrder("orders-0", "orders-1");
        assertThat(instances(server)).allSatisfy(instance -> {
            assertThat(instance.getHostName() + ":" + instance.getPort()).isEqualTo(ADDRESS);
            assertThat(instance.getIPAddr()).isEqualTo("203.0.113.10");
            assertThat(instance.getHealthCheckUrl()).isEqualTo("http://" + ADDRESS + "/actuator/health");
            assertThat(instance.getMetadata()).containsEntry("landfall.pod", instance.getInstanceId());
        });

        second.close();

        await().until(() -> instances(server).size() == 1);
        assertThat(first.isActive()).isTrue();
    }

    @Test
    void shouldGiveEveryPodAnEntryOfItsOwnInConsul(@TempDir Path folder) throws Exception {
        ConsulServer server = ConsulServer.start(ConsulServer.required(), folder);
        open.add(server);
        pod("orders-0", onConsul(server));
        ConfigurableApplicationContext second = pod("orders-1", onConsul(server));
        await().until(() -> passing(server).size() == 2);

        assertThat(passing(server).findValuesAsText("ID")).contains("orders-0", "orders-1");
        assertThat(passing(server)).allSatisfy(entry -> {
            JsonNode service = entry.path("Service");
            assertThat(service.path("Address").asText() + ":"
                            + service.path("Port").asInt())
                    .isEqualTo(ADDRESS);
            assertThat(service.path("Meta").path("landfall-pod")).isEqualTo(service.path("ID"));
        });

        second.close();

        await().until(() -> passing(server).size() == 1);
    }

    @Test
    void shouldNotStartAPodWhoseAddressNobodyKnows() {
        assertThatThrownBy(() ->
                        orders("orders-0", Stream.of("landfall.eip.file=/nowhere/eip", "landfall.registry.wait=0s")))
                .hasMessageContaining("No external address found")
                .hasMessageContaining("/nowhere/eip");
    }

    @Test
    void shouldLeaveAnApplicationAloneThatRegistersNothing() {
        ConfigurableApplicationContext consumer = orders(
                "orders-0",
                Stream.of(
                        "landfall.eip.file=/nowhere/eip",
                        "spring.cloud.service-registry.auto-registration.enabled=false"));

        assertThat(consumer.getEnvironment().getProperty("eureka.instance.hostname"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"landfall.registry.even=true, 5", "server.tomcat.max-keep-alive-requests=3, 3"})
    void shouldLetConsumersConnectAnewAfterAFewCalls(String setting, int calls) throws IOException {
        ConfigurableApplicationContext pod = pod("orders-0", setting);
        int port = Integer.parseInt(pod.getEnvironment().getRequiredProperty("local.server.port"));

        assertThat(answersOnOneConnection(port)).isEqualTo(calls);
    }

    /** As HTTP/1.1 has it, a server that ends a connection says so with its last answer. */
    private static int answersOnOneConnection(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int calls = 1; ; calls++) {
                socket.getOutputStream()
                        .write("HEAD / HTTP/1.1\r\nHost: orders\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                if (saysGoodbye(answers)) {
                    return calls;
                }
            }
        }
    }

    private static boolean saysGoodbye(BufferedReader answers) throws IOException {
        boolean goodbye = false;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            goodbye |= line.equalsIgnoreCase("Connection: close");
        }
        return goodbye;
    }

    private ConfigurableApplicationContext pod(String name, String... properties) {
        return orders(name, Stream.concat(Stream.of("landfall.registry.address=" + ADDRESS), Stream.of(properties)));
    }

    private ConfigurableApplicationContext orders(String pod, Stream<String> properties) {
        return run(
                Orders.class,
                Stream.concat(
                        Stream.of(
                                "spring.application.name=orders",
                                "landfall.registry.enabled=true",
                                "landfall.drain.quiet-period=0s",
                                "landfall.pod.name=" + pod),
                        properties));
    }

    /** As arguments, which come before the files that are on a test's class path; each registry only where a test has one. */
    private ConfigurableApplicationContext run(Class<?> application, Stream<String> properties) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "spring.cloud.discovery.enabled", "true",
                "spring.cloud.service-registry.auto-registration.enabled", "true",
                "spring.cloud.zookeeper.enabled", "false",
                "spring.cloud.consul.enabled", "false",
                "spring.cloud.nacos.discovery.enabled", "false",
                "eureka.client.enabled", "false"));
        properties.map(property -> property.split("=", 2)).forEach(property -> all.put(property[0], property[1]));
        ConfigurableApplicationContext started = new SpringApplicationBuilder(application)
                .run(all.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        open.add(started);
        return started;
    }

    private static JsonNode passing(ConsulServer server) throws IOException {
        return new ObjectMapper().readTree(server.get("/v1/health/service/orders?passing"));
    }

    private static String[] onConsul(ConsulServer server) {
        return new String[] {
            "spring.cloud.consul.enabled=true",
            "spring.cloud.consul.host=127.0.0.1",
            "spring.cloud.consul.port=" + server.port()
        };
    }

    private static String[] onZooKeeper(TestingServer server) {
        return new String[] {
            "spring.cloud.zookeeper.enabled=true", "spring.cloud.zookeeper.connect-string=" + server.getConnectString()
        };
    }

    private static String[] onEureka(ConfigurableApplicationContext server) {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        return new String[] {
            "eureka.client.enabled=true",
            // Which the server brings, and half of which is enough for the client to want the other half.
            "eureka.client.jersey.enabled=false",
            "eureka.client.service-url.defaultZone=http://127.0.0.1:" + port + "/eureka/",
            "eureka.client.initial-instance-info-replication-interval-seconds=1"
        };
    }

    private ConfigurableApplicationContext eureka() {
        return run(
                Eureka.class,
                Stream.of(
                        "eureka.client.enabled=true",
                        "eureka.client.register-with-eureka=false",
                        "eureka.client.fetch-registry=false",
                        "landfall.registry.enabled=false"));
    }

    private static List<InstanceInfo> instances(ConfigurableApplicationContext server) {
        Application orders = server.getBean(PeerAwareInstanceRegistry.class).getApplication("ORDERS");
        return orders == null ? List.of() : orders.getInstances();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Eureka {}
}
