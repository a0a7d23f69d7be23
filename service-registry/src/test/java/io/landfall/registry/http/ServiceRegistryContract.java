package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.LogLines;
import io.landfall.registry.Registration;
import io.landfall.registry.RegistryException;
import io.landfall.registry.RegistrySettings;
import io.landfall.registry.ServiceInstance;
import io.landfall.registry.ServiceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every registry promises, against a real one. */
abstract class ServiceRegistryContract {

    static final String ADDRESS = "203.0.113.10:30080";
    /** Beats fast, so that tests need not wait; and is patient, as a server's first answer takes a while. */
    static final Timing FAST = new Timing(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final LogLines log = new LogLines();
    private final List<Registration> made = new ArrayList<>();

    /** Starts the server where it was before, empty. */
    abstract void startServer() throws Exception;

    abstract void stopServer();

    /** A client of it, which says {@link #FAST}. */
    abstract ServiceRegistry client();

    /** What consumers get, whether it is one or several: id, space, host, colon, port. */
    abstract List<String> consumersSee();

    @AfterEach
    void closeAll() {
        made.forEach(Registration::close);
        log.close();
    }

    @Test
    void shouldTellPodsBehindOneAddressApart() {
        Registration first = pod("orders-0");
        Registration second = pod("orders-1");
        first.register();
        second.register();
        await().untilAsserted(() ->
                assertThat(consumersSee()).containsExactlyInAnyOrder("orders-0 " + ADDRESS, "orders-1 " + ADDRESS));

        assertThat(second.withdraw()).isTrue();

        await().untilAsserted(() -> assertThat(consumersSee()).containsExactly("orders-0 " + ADDRESS));
    }

    @Test
    void shouldReplaceAnEntryWithoutTakingItOut() throws Exception {
        ServiceRegistry client = client();
        client.enter(instance(ADDRESS));
        await().until(() -> !consumersSee().isEmpty());
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Integer>> sizes = CompletableFuture.supplyAsync(() -> sizesUntil(over));

        for (int port = 30_001; port <= 30_020; port++) {
            client.enter(instance("203.0.113.11:" + port));
        }
        await().untilAsserted(() -> assertThat(consumersSee()).containsExactly("orders-0 203.0.113.11:30020"));
        over.set(true);

        assertThat(sizes.get(5, TimeUnit.SECONDS)).isNotEmpty().containsOnly(1);
        client.remove(instance("203.0.113.11:30020"));
        await().until(() -> consumersSee().isEmpty());
    }

    @Test
    void shouldRegisterOnceTheServerIsThere() throws Exception {
        stopServer();
        Registration registration = pod("orders-0");
        registration.register();
        await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("WARN Registering orders-0 failed")));
        assertThat(registration.registered()).isFalse();

        startServer();

        await().untilAsserted(() -> assertThat(consumersSee()).containsExactly("orders-0 " + ADDRESS));
        await().until(registration::registered);
    }

    @Test
    void shouldRegisterAnewWhereTheServerForgot() throws Exception {
        Registration registration = pod("orders-0");
        registration.register();
        await().until(registration::registered);

        stopServer();
        await().until(() -> !registration.registered());
        startServer();

        await().untilAsserted(() -> assertThat(consumersSee()).containsExactly("orders-0 " + ADDRESS));
        assertThat(registration.withdraw()).isTrue();
        await().until(() -> consumersSee().isEmpty());
    }

    @Test
    void shouldSayWhatItDoesNotKnow() {
        ServiceRegistry client = client();

        assertThat(client.renew(instance(ADDRESS))).isFalse();
        assertThatCode(() -> client.remove(instance(ADDRESS))).doesNotThrowAnyException();

        client.enter(instance(ADDRESS));
        assertThat(client.renew(instance(ADDRESS))).isTrue();
        client.remove(instance(ADDRESS));
        assertThat(client.renew(instance(ADDRESS))).isFalse();
    }

    @Test
    void shouldSayThatAServerIsNotThere() {
        stopServer();

        assertThatThrownBy(() -> client().enter(instance(ADDRESS)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("cannot be connected to");
    }

    Registration pod(String name) {
        return pod(name, client(), Duration.ofSeconds(10));
    }

    Registration pod(String name, ServiceRegistry registry, Duration withdrawWithin) {
        Registration registration = Registration.of("orders")
                .port(8080)
                .healthPath("/actuator/health")
                .settings(settings(name))
                .withdrawWithin(withdrawWithin)
                .in(registry);
        made.add(registration);
        return registration;
    }

    static RegistrySettings settings(String pod) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "landfall.registry.enabled", "true",
                "landfall.registry.address", ADDRESS,
                "landfall.pod.name", pod));
        return RegistrySettings.read(properties::getProperty, Map.of());
    }

    static ServiceInstance instance(String address) {
        return new ServiceInstance(
                "orders",
                "orders-0",
                ExternalAddress.parse(address),
                Map.of("team.name", "\"seed\""),
                Optional.empty());
    }

    List<String> logged() {
        return log.lines();
    }

    private List<Integer> sizesUntil(AtomicBoolean over) {
        List<Integer> sizes = new ArrayList<>();
        while (!over.get()) {
            sizes.add(consumersSee().size());
        }
        return sizes;
    }
}
