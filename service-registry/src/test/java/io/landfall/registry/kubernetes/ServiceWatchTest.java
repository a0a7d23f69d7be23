package io.landfall.registry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.landfall.registry.ExternalAddress;
import io.landfall.shutdown.dubbo.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** fabric8's own API server for tests, and the network on the way to it in the test's hand. */
@EnableKubernetesMockClient(crud = true)
class ServiceWatchTest {

    private static final String OLD = "203.0.113.10";
    private static final String NEW = "203.0.113.20";
    /** Where nobody listens. */
    private static final int NOBODY = 1;

    @SuppressWarnings("NullAway.Init") // Set by the extension.
    private KubernetesMockServer server;

    @SuppressWarnings("NullAway.Init") // Set by the extension.
    private KubernetesClient client;

    private final Logger ours = (Logger) LoggerFactory.getLogger("io.landfall.registry.kubernetes");
    /** Not of its transport: the JDK's WebSockets say "Queued close did not succeed" when they break. */
    private final Logger fabric8s = (Logger) LoggerFactory.getLogger("io.fabric8.kubernetes.client.dsl");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Relay way;
    private ServiceStatus status;

    @BeforeEach
    void findTheAddress() throws IOException {
        way = new Relay(server.getPort());
        client.services().inNamespace("shop").resource(service(OLD)).create();
        assign(OLD);
        status = new ServiceStatus(Optional.of("shop"), "orders", Duration.ofSeconds(10), this::clientByRelay);
        assertThat(status.find()).contains(ExternalAddress.parse(OLD));
        log.start();
        Stream.of(ours, fabric8s).forEach(logger -> {
            logger.setLevel(Level.INFO);
            logger.addAppender(log);
        });
    }

    @AfterEach
    void close() {
        Stream.of(ours, fabric8s).forEach(logger -> {
            logger.setLevel(null);
            logger.detachAppender(log);
        });
        status.close();
        way.close();
    }

    @Test
    void shouldSeeAnotherAddress() {
        assertThat(status.look()).contains(ExternalAddress.parse(OLD));

        assign(NEW);

        await().until(() -> sees(NEW));
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
    }

    @Test
    void shouldKeepAnAddressThatVanished() {
        status.look();

        assign();

        await().until(() ->
                said("status.loadBalancer.ingress of Service shop/orders is empty: what is registered stays"));
        assertThat(status.look()).contains(ExternalAddress.parse(OLD));
    }

    @Test
    void shouldKeepAnAddressThatIsStillOneOfSeveral() {
        status.seen(service(NEW, OLD));
        assertThat(status.look()).contains(ExternalAddress.parse(OLD));

        status.seen(service(NEW));
        assertThat(status.look()).contains(ExternalAddress.parse(NEW));
    }

    @Test
    void shouldKeepTheAddressWhereANewOneIsNone() {
        status.seen(service("somewhere else"));

        assertThat(status.look()).contains(ExternalAddress.parse(OLD));
        assertThat(said("'somewhere else' is no address")).isTrue();
    }

    @Test
    void shouldGoOnAfterTheServerHasEndedTheWatch() {
        follow();

        way.cut();
        assign(OLD);

        await().until(() -> sees(OLD));
        assign(NEW);
        await().until(() -> sees(NEW));
        assertThat(logged()).as("what happens every few minutes is no news").isEmpty();
    }

    @Test
    void shouldSayOnceThatTheApiServerIsAway() {
        follow();
        way.target(NOBODY);
        way.cut();
        await().until(() -> said("cannot be followed"));
        int refused = way.refused();
        await("more attempts").until(() -> way.refused() > refused + 1);
        assign(OLD);

        way.target(server.getPort());

        await().until(() -> sees(OLD));
        await().until(() -> said("can be followed again"));
        assertThat(logged())
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        away -> assertThat(away).contains("shop/orders cannot be followed, will try again"),
                        back -> assertThat(back).endsWith("shop/orders can be followed again"));
        assertThat(logged()).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    @Test
    void shouldEndWithItsOwner() {
        follow();

        status.close();

        await().until(() -> threads().isEmpty());
        assign(OLD);
        assertThat(status.look()).contains(ExternalAddress.parse(NEW));
    }

    private boolean sees(String address) {
        return status.look().filter(ExternalAddress.parse(address)::equals).isPresent();
    }

    private boolean said(String words) {
        return logged().stream().anyMatch(event -> event.getFormattedMessage().contains(words));
    }

    private List<ILoggingEvent> logged() {
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    /** Until another address has come, the watch may not have begun. */
    private void follow() {
        status.look();
        assign(NEW);
        await().until(() -> sees(NEW));
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("landfall-service-watch"))
                .toList();
    }

    private KubernetesClient clientByRelay() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withMasterUrl("https://localhost:" + way.port() + "/")
                        .build())
                .build();
    }

    private void assign(String... addresses) {
        client.services().inNamespace("shop").resource(service(addresses)).updateStatus();
    }

    private static Service service(String... addresses) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("orders")
                .withNamespace("shop")
                .endMetadata()
                .withNewStatus()
                .withNewLoadBalancer()
                .addAllToIngress(Stream.of(addresses)
                        .map(ip -> new LoadBalancerIngressBuilder().withIp(ip).build())
                        .toList())
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}
