package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.Balancer.Traffic;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.traffic.TrafficTemplate.Spread;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTemplateTest {

    @Test
    void shouldRenderAnAddressWithSessionAffinity() {
        assertThat(yaml(Accesses.sticky(Traffic.LOCAL, 600))).isEqualTo("""
                ---
                apiVersion: "v1"
                kind: "Service"
                metadata:
                  annotations:
                    metallb.io/loadBalancerIPs: "10.1.1.1"
                    metallb.universe.tf/loadBalancerIPs: "10.1.1.1"
                  labels:
                    app.kubernetes.io/managed-by: "landfall"
                    app.kubernetes.io/name: "shop"
                    team: "web"
                  name: "shop"
                  namespace: "prod"
                spec:
                  externalTrafficPolicy: "Local"
                  ports:
                  - appProtocol: "http"
                    name: "http"
                    port: 80
                    protocol: "TCP"
                    targetPort: "http"
                  selector:
                    app.kubernetes.io/name: "shop"
                  sessionAffinity: "ClientIP"
                  sessionAffinityConfig:
                    clientIP:
                      timeoutSeconds: 600
                  type: "LoadBalancer"
                """);
    }

    @Test
    void shouldSayWhatEachPortSpeaks() {
        Service service = TrafficTemplate.render(
                Accesses.external(
                        Kind.OPENELB, "10.1.1.1", Accesses.HTTP, Accesses.HTTPS, Accesses.TRI, Accesses.DUBBO),
                Accesses.SHOP);

        assertThat(service.getSpec().getPorts())
                .extracting(
                        port -> port.getPort() + " " + port.getTargetPort().getValue() + " " + port.getAppProtocol())
                .containsExactly(
                        "80 http http",
                        "443 8443 https",
                        "50051 tri kubernetes.io/h2c",
                        "20880 dubbo dubbo.apache.org/dubbo");
        assertThat(service.getSpec().getLoadBalancerIP()).isEqualTo("10.1.1.1");
        assertThat(service.getMetadata().getAnnotations())
                .hasToString("{eip.openelb.kubesphere.io/v1alpha1=10.1.1.1, lb.kubesphere.io/v1alpha1=openelb}");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, , ClusterIP, {}",
        "METALLB, , ClusterIP, {}",
        "PORTER, inside, LoadBalancer, '{eip.porter.kubesphere.io/v1alpha2=inside, lb.kubesphere.io/v1alpha1=porter}'"
    })
    void shouldStayInsideOrTakeTheInternalPool(Kind kind, String pool, String type, String annotations) {
        Service service = TrafficTemplate.render(Accesses.internal(kind, Optional.ofNullable(pool)), Accesses.SHOP);

        assertThat(service.getSpec().getType()).isEqualTo(type);
        assertThat(service.getMetadata().getAnnotations()).hasToString(annotations);
        assertThat(service.getSpec().getSessionAffinity()).isEqualTo("None");
    }

    @Test
    void shouldSpreadPodsOverNodes() {
        assertThat(Serialization.asYaml(TrafficTemplate.spread(Map.of("app", "shop"), Spread.REQUIRED)))
                .isEqualTo("""
                ---
                labelSelector:
                  matchLabels:
                    app: "shop"
                maxSkew: 1
                topologyKey: "kubernetes.io/hostname"
                whenUnsatisfiable: "DoNotSchedule"
                """);
        assertThat(TrafficTemplate.spread(Map.of(), Spread.PREFERRED).getWhenUnsatisfiable())
                .isEqualTo("ScheduleAnyway");
    }

    private static String yaml(TrafficAccess access) {
        return Serialization.asYaml(TrafficTemplate.render(access, Accesses.SHOP));
    }
}
