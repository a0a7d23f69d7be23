package io.landfall.registry.springcloud;

import static io.landfall.registry.springcloud.CloudApplications.instances;
import static io.landfall.registry.springcloud.CloudApplications.onConsul;
import static io.landfall.registry.springcloud.CloudApplications.onEureka;
import static io.landfall.registry.springcloud.CloudApplications.onZooKeeper;
import static io.landfall.registry.springcloud.CloudApplications.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.netflix.appinfo.InstanceInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** Pods behind one address, and real registries. */
class ExternalAddressOnServersTest {

    private static final String ADDRESS = "203.0.113.10:30080";

    private final CloudApplications applications = new CloudApplications();

    @AfterEach
    void close() throws Exception {
        applications.close();
    }

    @Test
    void shouldGiveEveryPodAnEntryOfItsOwnInZooKeeper() throws Exception {
        String zooKeeper = applications.closeLater(new TestingServer(true)).getConnectString();
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
        ConfigurableApplicationContext server = applications.eureka();
        ConfigurableApplicationContext first = pod("orders-0", onEureka(port(server)));
        ConfigurableApplicationContext second = pod("orders-1", onEureka(port(server)));
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
        ConsulServer server = applications.closeLater(ConsulServer.start(ConsulServer.required(), folder));
        pod("orders-0", onConsul(server.port()));
        ConfigurableApplicationContext second = pod("orders-1", onConsul(server.port()));
        await().until(() -> passing(server).size() == 2);

        assertThat(passing(server).findValuesAsText("ID")).contains("orders-orders-0", "orders-orders-1");
        assertThat(passing(server)).allSatisfy(entry -> {
            JsonNode service = entry.path("Service");
            assertThat(service.path("Address").asText() + ":"
                            + service.path("Port").asInt())
                    .isEqualTo(ADDRESS);
            assertThat("orders-" + service.path("Meta").path("landfall-pod").asText())
                    .isEqualTo(service.path("ID").asText());
        });

        second.close();

        await().until(() -> passing(server).size() == 1);
    }

    @Test
    void shouldNotStartAPodWhoseAddressNobodyKnows() {
        assertThatThrownBy(() -> applications.orders(
                        "orders-0",
                        Stream.of(
                                "eureka.client.enabled=true",
                                "landfall.eip.file=/nowhere/eip",
                                "landfall.registry.wait=0s")))
                .hasMessageContaining("No external address found")
                .hasMessageContaining("/nowhere/eip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eureka.client.register-with-eureka=false",
                "spring.cloud.service-registry.auto-registration.enabled=false",
            })
    void shouldLeaveAnApplicationAloneThatRegistersNothing(String saysSo) {
        ConfigurableApplicationContext consumer = applications.orders(
                "orders-0",
                Stream.of(
                        "landfall.eip.file=/nowhere/eip",
                        "landfall.registry.wait=0s",
                        "eureka.client.enabled=true",
                        "eureka.client.jersey.enabled=false",
                        "eureka.client.fetch-registry=false",
                        saysSo));

        assertThat(consumer.getEnvironment().getProperty("eureka.instance.hostname"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"landfall.registry.even=true, 5", "server.tomcat.max-keep-alive-requests=3, 3"})
    void shouldLetConsumersConnectAnewAfterAFewCalls(String setting, int calls) throws IOException {
        String[] eureka = onEureka(port(applications.eureka()));
        ConfigurableApplicationContext pod = pod(
                "orders-0", Stream.concat(Stream.of(eureka), Stream.of(setting)).toArray(String[]::new));

        assertThat(answersOnOneConnection(port(pod))).isEqualTo(calls);
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
        return applications.orders(
                name, Stream.concat(Stream.of("landfall.registry.address=" + ADDRESS), Stream.of(properties)));
    }

    private static JsonNode passing(ConsulServer server) throws IOException {
        return new ObjectMapper().readTree(server.get("/v1/health/service/orders?passing"));
    }
}
