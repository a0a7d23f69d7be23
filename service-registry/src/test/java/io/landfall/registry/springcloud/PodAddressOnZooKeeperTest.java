package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stock Spring Cloud LoadBalancer, a real ZooKeeper, and an external address that leads nowhere from here. */
class PodAddressOnZooKeeperTest {

    private static final String OUTSIDE = "203.0.113.10";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final int port = FreePort.next();
    private TestingServer zooKeeper;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new TestingServer(true);
        open.add(zooKeeper);
    }

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    @Test
    void shouldCallThePodItself() throws Exception {
        pod();
        ConfigurableApplicationContext consumer = consumer("landfall.registry.prefer-pod-ip=true");

        ServiceInstance chosen = chosen(consumer);

        assertThat(chosen.getUri()).hasToString("http://127.0.0.1:" + port);
        assertThat(chosen.getInstanceId()).isEqualTo("orders-0");
        URI uri = consumer.getBean(LoadBalancerClient.class).reconstructURI(chosen, URI.create("http://orders/order"));
        assertThat(get(uri)).isEqualTo("an order");
    }

    @Test
    void shouldCallTheAddressOutsideUnlessTheUserPrefersThePod() {
        pod();
        ServiceInstance chosen = chosen(consumer("landfall.registry.prefer-pod-ip=false"));

        assertThat(chosen.getUri()).hasToString("http://" + OUTSIDE + ":30080");
        assertThat(chosen.getMetadata()).containsEntry("landfall.pod-ip", "127.0.0.1:" + port);
    }

    @Test
    void shouldNotStartAConsumerThatMayOrMayNotPreferThem() {
        assertThatThrownBy(() -> consumer("landfall.registry.prefer-pod-ip=perhaps"))
                .hasStackTraceContaining("landfall.registry.prefer-pod-ip is 'perhaps': use true or false");
    }

    @Test
    void shouldNotStartAPodThatCannotSayWhereItListens() {
        assertThatThrownBy(() -> run(
                        "spring.application.name=orders",
                        "server.port=0",
                        "landfall.registry.address=" + OUTSIDE,
                        "landfall.registry.pod-ip=true",
                        "landfall.pod.ip=127.0.0.1",
                        "landfall.pod.name=orders-1"))
                .hasMessageContaining(
                        "landfall.registry.pod-ip=true needs POD_IP, by the downward API, and a fixed server.port");
    }

    private static ServiceInstance chosen(ConfigurableApplicationContext consumer) {
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("orders").size() == 1);
        return consumer.getBean(LoadBalancerClient.class).choose("orders");
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void pod() {
        run(
                "spring.application.name=orders",
                "server.port=" + port,
                "landfall.registry.address=" + OUTSIDE + ":30080",
                "landfall.registry.pod-ip=true",
                "landfall.pod.ip=127.0.0.1",
                "landfall.pod.name=orders-0");
    }

    private ConfigurableApplicationContext consumer(String setting) {
        return run(
                "spring.application.name=consumer",
                "server.port=0",
                "landfall.registry.enabled=false",
                "spring.cloud.service-registry.auto-registration.enabled=false",
                setting);
    }

    /** As arguments, which come before the files that are on a test's class path. */
    private ConfigurableApplicationContext run(String... properties) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "spring.cloud.discovery.enabled", "true",
                "spring.cloud.service-registry.auto-registration.enabled", "true",
                "spring.cloud.zookeeper.enabled", "true",
                "spring.cloud.zookeeper.connect-string", zooKeeper.getConnectString(),
                "spring.cloud.consul.enabled", "false",
                "eureka.client.enabled", "false",
                "landfall.drain.quiet-period", "0s"));
        Stream.of(properties)
                .map(property -> property.split("=", 2))
                .forEach(property -> all.put(property[0], property[1]));
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Orders.class)
                .run(all.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        open.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Orders {
        @GetMapping("/order")
        String order() {
            return "an order";
        }
    }
}
