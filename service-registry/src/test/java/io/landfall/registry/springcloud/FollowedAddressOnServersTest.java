package io.landfall.registry.springcloud;

import static io.landfall.registry.springcloud.CloudApplications.instances;
import static io.landfall.registry.springcloud.CloudApplications.onConsul;
import static io.landfall.registry.springcloud.CloudApplications.onEureka;
import static io.landfall.registry.springcloud.CloudApplications.onZooKeeper;
import static io.landfall.registry.springcloud.CloudApplications.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.netflix.appinfo.InstanceInfo;
import io.landfall.registry.ExternalAddress;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.dubbo.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** The external address changes under a running application; real registries, which somebody looks at all the time. */
class FollowedAddressOnServersTest {

    private static final String OLD = "203.0.113.10:30080";
    private static final String NEW = "203.0.113.20:30081";
    private static final String AT_OLD = "orders-0 at " + OLD;
    private static final String AT_NEW = "orders-0 at " + NEW;
    /** Where nobody listens. */
    private static final int NOBODY = 1;

    private final CloudApplications applications = new CloudApplications();
    private Path folder;

    @BeforeEach
    void injectAddress(@TempDir Path empty) throws IOException {
        folder = empty;
        inject(OLD);
    }

    @AfterEach
    void close() throws Exception {
        applications.close();
    }

    @Test
    void shouldMoveTheEntryInZooKeeper() throws Exception {
        TestingServer zooKeeper = applications.closeLater(new TestingServer(FreePort.next(), true));
        ConfigurableApplicationContext pod = pod(onZooKeeper(zooKeeper.getConnectString()));
        Onlooker onlooker = onlookerAt(pod.getBean(DiscoveryClient.class));
        await().until(() -> onlooker.sees(AT_OLD));

        inject("<none>");
        pod.getBean(AddressFollower.class).look();
        inject(NEW);

        await("the next look").until(() -> onlooker.sees(AT_NEW));
        assertThat(onlooker.sights()).endsWith(List.of(AT_OLD), List.of(AT_NEW));
        assertThat(pod.getEnvironment().getProperty("spring.cloud.zookeeper.discovery.instance-host"))
                .as("what a refresh of the application would read")
                .isEqualTo("203.0.113.20");
    }

    @Test
    void shouldMoveTheEntryWhenZooKeeperIsBack() throws Exception {
        TestingServer zooKeeper = applications.closeLater(new TestingServer(FreePort.next(), true));
        ConfigurableApplicationContext pod = pod(Stream.concat(
                        Stream.of(onZooKeeper(zooKeeper.getConnectString())),
                        Stream.of(
                                "spring.cloud.zookeeper.connection-timeout=300ms",
                                "spring.cloud.zookeeper.max-retries=1"))
                .toArray(String[]::new));
        DiscoveryClient discovery = pod.getBean(DiscoveryClient.class);
        await().until(() -> entries(discovery).equals(List.of(AT_OLD)));
        zooKeeper.stop();

        inject(NEW);
        pod.getBean(AddressFollower.class).look();
        zooKeeper.restart();

        await().ignoreExceptions().until(() -> entries(discovery).equals(List.of(AT_NEW)));
    }

    @Test
    void shouldNotComeBackIntoZooKeeper() throws Exception {
        TestingServer zooKeeper = applications.closeLater(new TestingServer(FreePort.next(), true));
        ConfigurableApplicationContext pod = pod(onZooKeeper(zooKeeper.getConnectString()));
        Onlooker onlooker = onlookerAt(pod.getBean(DiscoveryClient.class));
        await().until(() -> onlooker.sees(AT_OLD));

        assertLeftForGood(pod, onlooker);
    }

    @Test
    void shouldMoveTheEntryInEureka() {
        ConfigurableApplicationContext server = applications.eureka();
        ConfigurableApplicationContext pod = pod(onEurekaEverySecond(port(server)));
        Onlooker onlooker = applications.closeLater(Onlooker.at(() -> up(server)));
        await().until(() -> onlooker.sees(AT_OLD));

        moveTo(NEW, pod);

        await().until(() -> onlooker.sees(AT_NEW));
        assertThat(onlooker.sights()).endsWith(List.of(AT_OLD), List.of(AT_NEW));
        assertThat(instances(server)).singleElement().satisfies(instance -> {
            assertThat(instance.getIPAddr()).isEqualTo("203.0.113.20");
            assertThat(urls(instance)).allMatch(url -> url.startsWith("http://" + NEW + "/"));
            assertThat(instance.getHealthCheckUrl()).endsWith("/actuator/health");
        });
        assertThat(server.getBeanProvider(AddressFollower.class).getIfAvailable())
                .as("in an application that was told no address")
                .isNull();
    }

    @Test
    void shouldRegisterTheContainersPortWhereThereIsNoOther() {
        ConfigurableApplicationContext server = applications.eureka();
        ConfigurableApplicationContext pod = pod(onEurekaEverySecond(port(server)));
        await().until(() -> up(server).equals(List.of(AT_OLD)));

        moveTo("orders.example.com", pod);

        String there = "orders.example.com:" + port(pod);
        await().until(() -> up(server).equals(List.of("orders-0 at " + there)));
        assertThat(instances(server)).singleElement().satisfies(instance -> assertThat(urls(instance))
                .allMatch(url -> url.startsWith("http://" + there + "/")));
    }

    @Test
    void shouldMoveTheEntryWhenEurekaIsBack() throws Exception {
        ConfigurableApplicationContext server = applications.eureka();
        Relay way = applications.closeLater(new Relay(port(server)));
        ConfigurableApplicationContext pod = pod(onEurekaEverySecond(way.port()));
        Onlooker onlooker = applications.closeLater(Onlooker.at(() -> up(server)));
        await().until(() -> onlooker.sees(AT_OLD));

        way.target(NOBODY);
        way.cut();
        moveTo(NEW, pod);
        int refused = way.refused();
        await("an attempt").until(() -> way.refused() > refused);
        way.target(port(server));

        await().until(() -> onlooker.sees(AT_NEW));
        assertThat(onlooker.sights()).endsWith(List.of(AT_OLD), List.of(AT_NEW));
    }

    @Test
    void shouldMoveTheEntryInConsulAlsoWhenThatWasAway() throws Exception {
        ConsulServer server = applications.closeLater(ConsulServer.start(ConsulServer.required(), folder));
        Relay way = applications.closeLater(new Relay(server.port()));
        ConfigurableApplicationContext pod = pod(onConsul(way.port()));
        Onlooker onlooker = applications.closeLater(Onlooker.at(() -> passing(server)));
        await().until(() -> onlooker.sees(AT_OLD));

        way.target(NOBODY);
        way.cut();
        moveTo(NEW, pod);
        assertThat(passing(server)).containsExactly(AT_OLD);
        way.target(server.port());
        pod.getBean(AddressFollower.class).look();

        await().until(() -> onlooker.sees(AT_NEW));
        assertThat(onlooker.sights()).endsWith(List.of(AT_OLD), List.of(AT_NEW));
    }

    /** It shows such an address in another spelling than it was given. */
    @Test
    void shouldKnowAnEntryThatHasMovedToIpv6() throws Exception {
        ConsulServer server = applications.closeLater(ConsulServer.start(ConsulServer.required(), folder));
        ConfigurableApplicationContext pod = pod(onConsul(server.port()));
        await().until(() -> passing(server).equals(List.of(AT_OLD)));
        ConsulEntry entry = pod.getBean(ConsulEntry.class);

        await().until(() -> entry.moveTo(ExternalAddress.parse("[2001:db8::7]:30080")));
    }

    @Test
    void shouldNotComeBackIntoConsul() throws Exception {
        ConsulServer server = applications.closeLater(ConsulServer.start(ConsulServer.required(), folder));
        ConfigurableApplicationContext pod = pod(onConsul(server.port()));
        Onlooker onlooker = applications.closeLater(Onlooker.at(() -> passing(server)));
        await().until(() -> onlooker.sees(AT_OLD));

        assertLeftForGood(pod, onlooker);
    }

    /** An application that drains looks on until its context closes. */
    private void assertLeftForGood(ConfigurableApplicationContext pod, Onlooker onlooker) {
        pod.getBean(Drain.class).run("test");
        await().until(onlooker::seesNothing);

        moveTo(NEW, pod);
        moveTo(OLD, pod);

        assertThat(onlooker.sights()).endsWith(List.of(AT_OLD), List.of());
    }

    private Onlooker onlookerAt(DiscoveryClient discovery) {
        return applications.closeLater(Onlooker.at(() -> entries(discovery)));
    }

    private ConfigurableApplicationContext pod(String... properties) {
        return applications.orders(
                "orders-0", Stream.concat(Stream.of("landfall.eip.file=" + file()), Stream.of(properties)));
    }

    private Path file() {
        return folder.resolve("eip");
    }

    /** All at once, as a kubelet does it. */
    private void inject(String address) throws IOException {
        Path written = Files.writeString(folder.resolve("written"), address + "\n");
        Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void moveTo(String address, ConfigurableApplicationContext pod) {
        try {
            inject(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pod.getBean(AddressFollower.class).look();
    }

    private static List<String> entries(DiscoveryClient discovery) {
        return discovery.getInstances("orders").stream()
                .map(entry -> entry.getInstanceId() + " at " + entry.getHost() + ":" + entry.getPort())
                .toList();
    }

    private static String[] onEurekaEverySecond(int port) {
        return Stream.concat(
                        Stream.of(onEureka(port)),
                        Stream.of("eureka.client.instance-info-replication-interval-seconds=1"))
                .toArray(String[]::new);
    }

    private static List<String> up(ConfigurableApplicationContext server) {
        return instances(server).stream()
                .filter(entry -> entry.getStatus() == InstanceInfo.InstanceStatus.UP)
                .map(entry -> entry.getInstanceId() + " at " + entry.getHostName() + ":" + entry.getPort())
                .toList();
    }

    private static List<String> urls(InstanceInfo entry) {
        return List.of(entry.getHomePageUrl(), entry.getStatusPageUrl(), entry.getHealthCheckUrl());
    }

    private static List<String> passing(ConsulServer server) {
        try {
            List<String> entries = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(server.get("/v1/health/service/orders?passing"))) {
                JsonNode service = entry.path("Service");
                entries.add(service.path("Meta").path("landfall-pod").asText() + " at "
                        + service.path("Address").asText() + ":"
                        + service.path("Port").asInt());
            }
            return entries;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
