package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceInstanceTest {

    private static final ExternalAddress ADDRESS = ExternalAddress.parse("203.0.113.10:30080");

    @Test
    void shouldHaveItsNameInItsMetadata() {
        ServiceInstance instance =
                new ServiceInstance("orders", "orders-0", ADDRESS, Map.of("version", "2"), Optional.of("/health"));

        assertThat(instance.metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("version", "2", "landfall.pod", "orders-0"));
    }

    @Test
    void shouldBeTheSameInstanceAtAnotherAddress() {
        ServiceInstance instance =
                new ServiceInstance("orders", "orders-0", ADDRESS, Map.of("version", "2"), Optional.of("/health"));

        assertThat(instance.at(ExternalAddress.parse("203.0.113.11:80")))
                .isEqualTo(new ServiceInstance(
                        "orders",
                        "orders-0",
                        ExternalAddress.parse("203.0.113.11:80"),
                        Map.of("version", "2"),
                        Optional.of("/health")));
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> new ServiceInstance(
                        "or/ders",
                        "a pod",
                        ExternalAddress.parse("203.0.113.10"),
                        Map.of("1st", "x", "consul-thing", "x", "long", "x".repeat(513), "landfall.pod", "other"),
                        Optional.of("health")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'or/ders'")
                .hasMessageContaining("'a pod'")
                .hasMessageContaining("203.0.113.10")
                .hasMessageContaining("'1st'")
                .hasMessageContaining("'consul-thing'")
                .hasMessageContaining("513 characters")
                .hasMessageContaining("landfall.pod")
                .hasMessageContaining("'health'");
    }

    @Test
    void shouldRefuseKeysThatBecomeOneWithoutDots() {
        assertThat(ServiceInstance.violations("orders", Map.of("a.b", "1", "a-b", "2"), Optional.empty()))
                .singleElement()
                .asString()
                .contains("dots become dashes");
        assertThat(ServiceInstance.violations("orders", Map.of("landfall-pod", "1"), Optional.empty()))
                .hasSize(1);
        assertThat(ServiceInstance.violations("orders", Map.of("a.b", "1"), Optional.of("/health?full=1")))
                .singleElement()
                .asString()
                .contains("/health?full=1");
    }
}
