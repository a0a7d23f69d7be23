package io.landfall.registry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.landfall.registry.AddressSource;
import io.landfall.registry.ExternalAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fabric8's own API server for tests. */
@EnableKubernetesMockClient(crud = true)
class ServiceStatusTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @SuppressWarnings("NullAway.Init") // Set by the extension.
    private KubernetesMockServer server;

    @SuppressWarnings("NullAway.Init") // Set by the extension.
    private KubernetesClient client;

    @ParameterizedTest
    @CsvSource({"203.0.113.10, 203.0.113.10", "2001:db8::7, [2001:db8::7]"})
    void shouldTakeTheAddressOfTheBalancer(String ip, String shown) {
        create(ingress(ip));

        assertThat(status(LONG).find())
                .hasValueSatisfying(found -> assertThat(found).hasToString(shown));
    }

    @Test
    void shouldTakeAHostNameWhereThatIsAllThereIs() {
        create(new LoadBalancerIngressBuilder().withHostname("lb.example.com").build());

        assertThat(status(LONG).find()).contains(ExternalAddress.parse("lb.example.com"));
    }

    @Test
    void shouldTakeTheFirstOfSeveral() {
        create(ingress("203.0.113.10"), ingress("203.0.113.11"));

        assertThat(status(LONG).find()).contains(ExternalAddress.parse("203.0.113.10"));
    }

    @Test
    void shouldWaitUntilAnAddressIsAssigned() throws Exception {
        create();
        CompletableFuture<Optional<ExternalAddress>> found = CompletableFuture.supplyAsync(status(LONG)::find);
        assertThatThrownBy(() -> found.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        client.services()
                .inNamespace("shop")
                .resource(service(ingress("203.0.113.10")))
                .updateStatus();

        assertThat(found.get(20, TimeUnit.SECONDS)).contains(ExternalAddress.parse("203.0.113.10"));
    }

    @Test
    void shouldTakeWhatIsThereWhereItMayNotWait() {
        create(ingress("203.0.113.10"));

        assertThat(status(Duration.ZERO).find()).contains(ExternalAddress.parse("203.0.113.10"));
    }

    @Test
    void shouldNotWaitForever() {
        create();

        assertThat(status(Duration.ofSeconds(1)).find()).isEmpty();
    }

    @Test
    void shouldSayWhichRoleIsMissing() {
        KubernetesMockServer forbidding = new KubernetesMockServer(false);
        forbidding.init();
        try {
            AddressSource status = new ServiceStatus(Optional.of("shop"), "orders", LONG, forbidding::createClient);
            forbidding
                    .expect()
                    .get()
                    .withPath("/api/v1/namespaces/shop/services?fieldSelector=metadata.name%3Dorders")
                    .andReturn(403, "forbidden")
                    .always();

            assertThatThrownBy(status::find)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "status.loadBalancer.ingress of Service shop/orders may not be read: give the pod's"
                                    + " service account a Role with get, list and watch on this Service");
        } finally {
            forbidding.destroy();
        }
    }

    private AddressSource status(Duration wait) {
        return new ServiceStatus(Optional.of("shop"), "orders", wait, server::createClient);
    }

    private void create(LoadBalancerIngress... ingresses) {
        client.services().inNamespace("shop").resource(service(ingresses)).create();
        client.services().inNamespace("shop").resource(service(ingresses)).updateStatus();
    }

    private static Service service(LoadBalancerIngress... ingresses) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("orders")
                .withNamespace("shop")
                .endMetadata()
                .withNewStatus()
                .withNewLoadBalancer()
                .addToIngress(ingresses)
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    private static LoadBalancerIngress ingress(String ip) {
        return new LoadBalancerIngressBuilder().withIp(ip).build();
    }
}
