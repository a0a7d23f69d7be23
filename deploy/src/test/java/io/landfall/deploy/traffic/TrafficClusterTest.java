package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.kubernetes.ApiServerFixture;
import io.landfall.deploy.traffic.ServiceDirectory.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficClusterTest {

    private static final TrafficAccess ACCESS = Accesses.external(Kind.METALLB, "10.1.1.1", Accesses.HTTP);
    private static final Service TAKEN = Accesses.service("""
            metadata: {name: old, namespace: legacy}
            spec: {type: LoadBalancer, loadBalancerIP: 10.1.1.1, selector: {app: old}, ports: [{port: 80}]}
            """);

    private ApiServerFixture server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServerFixture();
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldShowBeforeItApplies() {
        TrafficCluster cluster = new TrafficCluster(client, relevant -> new Seen(List.of(), Optional.empty()));

        List<TrafficPlan> plans = cluster.plan(List.of(ACCESS), Accesses.SHOP);

        assertThat(plans.get(0).lines()).containsExactly("+ Service shop");
        assertThat(server.writes()).containsExactly("PATCH services/shop (dry run)");

        List<String> progress = new ArrayList<>();
        cluster.apply(plans, false, false, progress::add);

        assertThat(progress).containsExactly("applied Service prod/shop");
        JsonNode applied = server.object("services/shop");
        assertThat(applied.at("/spec/type").asText()).isEqualTo("LoadBalancer");
        assertThat(applied.at("/metadata/resourceVersion").isMissingNode()).isTrue();
    }

    @Test
    void shouldRefuseToTakeOverUnlessSomebodyAgreed() {
        TrafficCluster cluster = new TrafficCluster(client, relevant -> new Seen(List.of(TAKEN), Optional.empty()));
        List<TrafficPlan> plans = cluster.plan(List.of(ACCESS), Accesses.SHOP);
        server.forget();

        assertThatThrownBy(() -> cluster.apply(plans, false, false, line -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        "Service prod/shop: 10.1.1.1 TCP 80 already leads to Service legacy/old, pods {app=old}; take another address");
        assertThat(server.writes()).isEmpty();

        cluster.apply(plans, true, false, line -> {});
        assertThat(server.writes()).containsExactly("PATCH services/shop");
    }

    @Test
    void shouldApplyOnlyToWhatItLookedAt() throws IOException {
        server.put("services/shop", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop", "namespace": "prod", "resourceVersion": "41",
                 "labels": {"app.kubernetes.io/managed-by": "landfall", "app.kubernetes.io/name": "shop", "team": "web"}},
                 "spec": {"type": "LoadBalancer", "externalTrafficPolicy": "Cluster", "sessionAffinity": "None",
                 "selector": {"app.kubernetes.io/name": "shop"}, "ports": [{"name": "http", "port": 8080}]}}""");
        TrafficCluster cluster = new TrafficCluster(client, relevant -> new Seen(List.of(), Optional.of("Not all.")));

        List<TrafficPlan> plans = cluster.plan(List.of(ACCESS), Accesses.SHOP);
        cluster.apply(plans, false, false, line -> {});

        assertThat(plans.get(0).lines()).contains("~ Service shop: spec.ports[0].port: 8080 -> 80", "# Not all.");
        assertThat(server.object("services/shop")
                        .at("/metadata/resourceVersion")
                        .asText())
                .isEqualTo("41");
    }

    @Test
    void shouldRefuseWhatCannotWorkBeforeItAsks() {
        TrafficCluster cluster = new TrafficCluster(client, relevant -> {
            throw new AssertionError("asked");
        });

        assertThatThrownBy(() -> cluster.plan(
                        List.of(Accesses.sticky(io.landfall.deploy.Balancer.Traffic.LOCAL, 0)), Accesses.SHOP))
                .isInstanceOf(RefusedException.class);
    }
}
