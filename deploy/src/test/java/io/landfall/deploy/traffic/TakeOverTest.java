package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakeOverTest {

    private static final String OTHER = """
            metadata: {name: old-shop, namespace: legacy%s}
            spec:
              type: LoadBalancer
              selector: {app: old}
              ports: [{port: %d, protocol: TCP}]
            %s
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | 'status: {loadBalancer: {ingress: [{ip: 10.1.1.1}]}}'",
                " | '  loadBalancerIP: 10.1.1.1'",
                " | '  externalIPs: [10.9.9.9, 10.1.1.1]'",
                "', annotations: {metallb.universe.tf/loadBalancerIPs: \"10.2.2.2,10.1.1.1\"}' | ''",
                "', annotations: {eip.porter.kubesphere.io/v1alpha1: 10.1.1.1}' | ''"
            })
    void shouldFindWhoHasTheAddressAndPort(String annotations, String fields) {
        assertThat(found(Kind.OPENELB, other(annotations == null ? "" : annotations, 80, fields)))
                .containsExactly(
                        new Violation(
                                "Service prod/shop",
                                "10.1.1.1 TCP 80 already leads to Service legacy/old-shop, pods {app=old}",
                                "take another address or port; to take this one, take it from the other Service and say --take-over"));
    }

    @Test
    void shouldTellIpv6AddressesHoweverTheyAreWritten() {
        Service desired =
                TrafficTemplate.render(Accesses.external(Kind.NONE, "2001:db8::7", Accesses.HTTP), Accesses.SHOP);

        assertThat(TakeOver.of(
                        Kind.NONE,
                        desired,
                        Optional.empty(),
                        List.of(other("", 80, "  loadBalancerIP: '2001:0DB8:0:0::7'"))))
                .hasSize(1);
    }

    @Test
    void shouldNotMindOtherAddresses() {
        assertThat(found(Kind.METALLB, other("", 80, "status: {loadBalancer: {ingress: [{ip: 10.1.1.2}]}}")))
                .isEmpty();
    }

    @Test
    void shouldSayThatMetallbGivesNothingTwice() {
        assertThat(found(Kind.METALLB, other("", 80, "  loadBalancerIP: 10.1.1.1")))
                .extracting(Violation::remedy)
                .containsExactly(
                        "take another address or port; to take this one, let the other Service go first, since MetalLB gives no address"
                                + " and port twice, and say --take-over");
    }

    /** internal/allocator of MetalLB: sharingOK and BackendKey. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | that has no annotation metallb.io/allow-shared-ip",
                "', annotations: {metallb.universe.tf/allow-shared-ip: web}' | '' | its metallb.io/allow-shared-ip is 'web', not ''",
            })
    void shouldKnowWhomMetallbLetsShare(String annotations, String fields, String why) {
        assertThat(found(Kind.METALLB, other(annotations, 8080, "  loadBalancerIP: 10.1.1.1\n" + fields)))
                .extracting(Violation::problem)
                .containsExactly("10.1.1.1 is Service legacy/old-shop's, and MetalLB does not share it: " + why);
    }

    @Test
    void shouldLetThoseShareThatMetallbLetsShare() {
        Service desired = desired(Kind.METALLB);
        desired.getMetadata().getAnnotations().put("metallb.io/allow-shared-ip", "web");
        Service other =
                other(", annotations: {metallb.universe.tf/allow-shared-ip: web}", 8080, "  loadBalancerIP: 10.1.1.1");

        assertThat(TakeOver.of(Kind.METALLB, desired, Optional.empty(), List.of(other)))
                .isEmpty();

        other.getSpec().setExternalTrafficPolicy("Local");
        assertThat(TakeOver.of(Kind.METALLB, desired, Optional.empty(), List.of(other)))
                .extracting(Violation::problem)
                .containsExactly("10.1.1.1 is Service legacy/old-shop's, and MetalLB does not share it: with"
                        + " externalTrafficPolicy Local, both need the same policy and the same selector");
    }

    @Test
    void shouldAskBeforeAnAddressIsSharedElsewhere() {
        assertThat(found(Kind.OPENELB, other("", 8080, "  loadBalancerIP: 10.1.1.1")))
                .containsExactly(new Violation(
                        "Service prod/shop",
                        "10.1.1.1 is also Service legacy/old-shop's, at other ports",
                        "take another address, or say --take-over if it is meant to share it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'app.kubernetes.io/managed-by: Helm' | is managed by Helm (label app.kubernetes.io/managed-by)",
                "'a: b' | was made without Landfall, by kubectl-create",
                "'app.kubernetes.io/managed-by: landfall, app.kubernetes.io/name: cart' | belongs to the application cart"
            })
    void shouldSeeWhoseAServiceIs(String labels, String owner) {
        assertThat(compared("""
                metadata:
                  name: shop
                  namespace: prod
                  labels: {%s}
                  managedFields: [{manager: kubectl-create, operation: Update}, {manager: kube-controller-manager, subresource: status}]
                spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: shop}, ports: [{port: 80}]}
                """.formatted(labels)))
                .containsExactly(new Violation(
                        "Service prod/shop",
                        "it is there already, and " + owner,
                        "give this way in another name, or say --take-over if it is meant"));
    }

    @Test
    void shouldSayThatOtherPodsWouldGetTheTrafficAndTheAddressMoves() {
        assertThat(compared("""
                metadata: {name: shop, namespace: prod, labels: {app.kubernetes.io/managed-by: landfall, app.kubernetes.io/name: shop}}
                spec: {type: LoadBalancer, selector: {app: old}, ports: [{port: 80}]}
                status: {loadBalancer: {ingress: [{ip: 10.1.1.9}]}}
                """))
                .containsExactly(
                        new Violation(
                                "Service prod/shop",
                                "it would lead to other pods: from {app=old} to {app.kubernetes.io/name=shop}",
                                "say --take-over if it is meant"),
                        new Violation(
                                "Service prod/shop",
                                "it would move from 10.1.1.9 to 10.1.1.1: callers that know the old address lose it",
                                "say --take-over if it is meant"));
    }

    @Test
    void shouldSayThatAnAddressIsGivenUp() {
        Service internal = TrafficTemplate.render(Accesses.internal(Kind.NONE, Optional.empty()), Accesses.SHOP);

        assertThat(TakeOver.of(Kind.NONE, internal, Optional.of(own("10.1.1.1")), List.of()))
                .extracting(Violation::problem)
                .containsExactly("it would give up 10.1.1.1, and become internal");
    }

    @Test
    void shouldLeaveItsOwnServiceAlone() {
        assertThat(TakeOver.of(Kind.METALLB, desired(Kind.METALLB), Optional.of(own("10.1.1.1")), List.of()))
                .isEmpty();
    }

    private static Service own(String address) {
        return Accesses.service("""
                metadata: {name: shop, namespace: prod, labels: {app.kubernetes.io/managed-by: landfall, app.kubernetes.io/name: shop}}
                spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: shop}, ports: [{port: 80}]}
                status: {loadBalancer: {ingress: [{ip: %s}]}}
                """.formatted(address));
    }

    private static List<Violation> compared(String now) {
        return TakeOver.of(Kind.METALLB, desired(Kind.METALLB), Optional.of(Accesses.service(now)), List.of());
    }

    private static List<Violation> found(Kind kind, Service other) {
        return TakeOver.of(kind, desired(kind), Optional.empty(), List.of(other));
    }

    private static Service desired(Kind kind) {
        return TrafficTemplate.render(Accesses.external(kind, "10.1.1.1", Accesses.HTTP), Accesses.SHOP);
    }

    private static Service other(String annotations, int port, String fields) {
        return Accesses.service(OTHER.formatted(annotations, port, fields));
    }
}
