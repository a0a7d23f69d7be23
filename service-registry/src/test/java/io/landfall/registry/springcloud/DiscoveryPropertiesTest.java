package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.PodAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryPropertiesTest {

    @Test
    void shouldTellEveryClientAddressAndId() {
        assertThat(of("203.0.113.10"))
                .containsEntry("eureka.instance.hostname", "203.0.113.10")
                .containsEntry("eureka.instance.ip-address", "203.0.113.10")
                .containsEntry("eureka.instance.prefer-ip-address", true)
                .containsEntry("eureka.instance.instance-id", "orders-0")
                .containsEntry("eureka.instance.metadata-map[landfall.pod]", "orders-0")
                .containsEntry("spring.cloud.consul.discovery.hostname", "203.0.113.10")
                .containsEntry(
                        "spring.cloud.consul.discovery.instance-id", "${spring.application.name:application}-orders-0")
                .containsEntry("spring.cloud.consul.discovery.metadata[landfall-pod]", "orders-0")
                .containsEntry("spring.cloud.nacos.discovery.ip", "203.0.113.10")
                .containsEntry("spring.cloud.nacos.discovery.metadata[landfall.pod]", "orders-0")
                .containsEntry("spring.cloud.zookeeper.discovery.instance-host", "203.0.113.10")
                .containsEntry("spring.cloud.zookeeper.discovery.instance-id", "orders-0")
                .containsEntry("spring.cloud.zookeeper.discovery.metadata[landfall.pod]", "orders-0");
    }

    @Test
    void shouldLeavePortsAloneWhereTheOneOutsideIsTheSame() {
        assertThat(of("203.0.113.10").keySet())
                .noneMatch(name -> name.endsWith("port"))
                .noneMatch(name -> name.endsWith("-url"));
    }

    @Test
    void shouldTellEveryClientThePortOutside() {
        assertThat(of("orders.example:30080"))
                .containsEntry("eureka.instance.non-secure-port", 30080)
                .containsEntry("eureka.instance.health-check-url", "http://orders.example:30080/actuator/health")
                .containsEntry("spring.cloud.consul.discovery.port", 30080)
                .containsEntry("spring.cloud.nacos.discovery.port", 30080)
                .containsEntry("spring.cloud.zookeeper.discovery.instance-port", 30080)
                .containsEntry("eureka.instance.hostname", "orders.example")
                .containsEntry("eureka.instance.prefer-ip-address", false)
                .doesNotContainKey("eureka.instance.ip-address");
    }

    @Test
    void shouldWriteIpv6AddressesInBracketsWhereTheyAreUrls() {
        assertThat(of("[2001:db8::7]:30080"))
                .containsEntry("eureka.instance.ip-address", "2001:db8::7")
                .containsEntry("eureka.instance.health-check-url", "http://[2001:db8::7]:30080/actuator/health");
    }

    @Test
    void shouldTellEveryClientThePodsOwnAddress() {
        assertThat(DiscoveryProperties.of(PodAddress.of("fd00::7", 8080)))
                .containsOnly(
                        entry("eureka.instance.metadata-map[landfall.pod-ip]", "[fd00::7]:8080"),
                        entry("spring.cloud.consul.discovery.metadata[landfall-pod-ip]", "[fd00::7]:8080"),
                        entry("spring.cloud.nacos.discovery.metadata[landfall.pod-ip]", "[fd00::7]:8080"),
                        entry("spring.cloud.zookeeper.discovery.metadata[landfall.pod-ip]", "[fd00::7]:8080"));
    }

    private static Map<String, Object> of(String address) {
        return DiscoveryProperties.of(ExternalAddress.parse(address), "orders-0", "/actuator/health");
    }
}
