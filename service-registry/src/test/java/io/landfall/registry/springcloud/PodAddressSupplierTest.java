package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** What a load-balanced client makes of what instances say. */
class PodAddressSupplierTest {

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(PodAddressSupplier.class);

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(said);
    }

    @ParameterizedTest
    @CsvSource({
        "landfall.pod-ip, 10.244.0.7:8080",
        "landfall-pod-ip, 10.244.0.7:8080",
        "landfall.pod-ip, [fd00::7]:8080"
    })
    void shouldGoToThePodItself(String key, String pod) {
        ServiceInstance direct = direct(instance(false, Map.of(key, pod)));

        assertThat(direct.getUri()).hasToString("http://" + pod);
        assertThat(direct.getInstanceId()).isEqualTo("orders-0");
        assertThat(direct.getMetadata()).containsEntry(key, pod);
    }

    @Test
    void shouldStayAtTheAddressOutsideWhereTheInstanceSaysNothingElse() {
        ServiceInstance instance = instance(false, Map.of());

        assertThat(direct(instance)).isSameAs(instance);
    }

    @Test
    void shouldStayThereWhereACertificateHasThatName() {
        ServiceInstance instance = instance(true, Map.of("landfall.pod-ip", "10.244.0.7:8443"));

        assertThat(direct(instance)).isSameAs(instance);
    }

    @Test
    void shouldStayThereAndComplainOnceWhereItSaysNonsense() {
        ServiceInstance instance = instance(false, Map.of("landfall.pod-ip", "10.244.0.7"));
        PodAddressSupplier supplier = new PodAddressSupplier(new Listed(List.of(instance, instance)));

        assertThat(supplier.get().blockFirst()).containsExactly(instance, instance);
        assertThat(supplier.get().blockFirst()).containsExactly(instance, instance);
        assertThat(said.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .startsWith("landfall.pod-ip of orders-0 in orders is ignored, and others like it: '10.244.0.7'"));
    }

    private static ServiceInstance direct(ServiceInstance instance) {
        return new PodAddressSupplier(new Listed(List.of(instance)))
                .get(new DefaultRequest<>("any"))
                .blockFirst()
                .get(0);
    }

    private static ServiceInstance instance(boolean secure, Map<String, String> metadata) {
        return new DefaultServiceInstance("orders-0", "orders", "203.0.113.10", 30080, secure, metadata);
    }

    private record Listed(List<ServiceInstance> instances) implements ServiceInstanceListSupplier {
        @Override
        public String getServiceId() {
            return "orders";
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return Flux.just(instances);
        }
    }
}
