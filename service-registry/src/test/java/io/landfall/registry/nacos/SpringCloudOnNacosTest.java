package io.landfall.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.naming.pojo.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring Cloud Alibaba, by the real client, against a fixture: {@link NacosFixture} says what of a server it is. */
@Timeout(120)
class SpringCloudOnNacosTest {

    private static final String EIP = "203.0.113.10:30080";
    private static final String SERVICE = "orders";
    private static final String POD = "landfall.pod";

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private NacosFixture nacos;

    @BeforeEach
    void start() throws Exception {
        nacos = NacosFixture.start();
    }

    @AfterEach
    void close() throws Exception {
        contexts.forEach(ConfigurableApplicationContext::close);
        nacos.close();
    }

    @Test
    void shouldGiveEveryPodAnEntryOfItsOwnAndTakeOutThatOfThePodThatLeaves() {
        ConfigurableApplicationContext first = pod("orders-0");
        DiscoveryClient discovery = subscribed(first);
        ConfigurableApplicationContext second = pod("orders-1");
        await().until(() -> pods(discovery).equals(Set.of("orders-0", "orders-1")));

        assertThat(discovery.getInstances(SERVICE)).hasSize(2).allSatisfy(instance -> {
            assertThat(instance.getHost() + ":" + instance.getPort()).isEqualTo(EIP);
            assertThat(instance.getMetadata()).containsEntry("nacos.weight", "1.0");
        });

        second.close();

        assertThat(nacos.entries(SERVICE))
                .extracting(Instance::getMetadata)
                .singleElement()
                .satisfies(metadata -> assertThat(metadata).containsEntry(POD, "orders-0"));
        await().until(() -> pods(discovery).equals(Set.of("orders-0")));
    }

    /** Beside an instance of the old world, and by the balancer that Spring Cloud takes unless told otherwise. */
    @Test
    void shouldGiveEveryPodTheShareOfAnInstance() throws Exception {
        nacos.client().registerInstance(SERVICE, "198.51.100.7", 8080);
        ConfigurableApplicationContext first = pod("orders-0");
        DiscoveryClient discovery = subscribed(first);
        pod("orders-1");
        await().until(() -> discovery.getInstances(SERVICE).size() == 3);
        LoadBalancerClient balancer = first.getBean(LoadBalancerClient.class);

        Map<String, Long> calls = Stream.generate(() -> balancer.choose(SERVICE))
                .limit(9)
                .collect(Collectors.groupingBy(SpringCloudOnNacosTest::podOrHost, Collectors.counting()));

        assertThat(calls).isEqualTo(Map.of("orders-0", 3L, "orders-1", 3L, "198.51.100.7", 3L));
    }

    /** Before others come: the client keeps an answer that is older than a push, if it is the slower one. */
    private static DiscoveryClient subscribed(ConfigurableApplicationContext pod) {
        DiscoveryClient discovery = pod.getBean(DiscoveryClient.class);
        await().until(() -> pods(discovery).contains("orders-0"));
        return discovery;
    }

    private static Set<String> pods(DiscoveryClient discovery) {
        return discovery.getInstances(SERVICE).stream()
                .map(SpringCloudOnNacosTest::podOrHost)
                .collect(Collectors.toSet());
    }

    private static String podOrHost(ServiceInstance instance) {
        return instance.getMetadata().getOrDefault(POD, instance.getHost());
    }

    /** As arguments, which come before the files that are on a test's class path. */
    private ConfigurableApplicationContext pod(String name) {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Orders.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--spring.application.name=" + SERVICE,
                        "--spring.cloud.discovery.enabled=true",
                        "--spring.cloud.service-registry.auto-registration.enabled=true",
                        "--spring.cloud.zookeeper.enabled=false",
                        "--spring.cloud.consul.enabled=false",
                        "--eureka.client.enabled=false",
                        "--spring.cloud.nacos.discovery.enabled=true",
                        "--spring.cloud.nacos.discovery.server-addr=" + nacos.address(),
                        // It would sleep for ten seconds after it has left.
                        "--spring.cloud.nacos.discovery.graceful-shutdown-wait-time=0",
                        "--landfall.registry.address=" + EIP,
                        "--landfall.drain.quiet-period=0s",
                        "--landfall.pod.name=" + name);
        contexts.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {}
}
