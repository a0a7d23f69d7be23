package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.Violation;
import org.junit.jupiter.api.Test;

/** The answers are those of an API server of Kubernetes 1.20.2. */
class ApiRefusalTest {

    private static final Service SERVICE =
            TrafficTemplate.render(Accesses.external(Kind.METALLB, "10.1.1.1", Accesses.HTTP), Accesses.SHOP);

    @Test
    void shouldNameWhoseFieldsTheyAre() {
        KubernetesClientException refused = refused("""
                {"kind": "Status", "code": 409, "reason": "Conflict", "details": {"causes": [
                 {"reason": "FieldManagerConflict", "message": "conflict with \\"kubectl-edit\\" using v1", "field": ".spec.sessionAffinity"},
                 {"reason": "FieldManagerConflict", "message": "conflict with \\"kubectl-edit\\" using v1",
                  "field": ".spec.ports[port=80,protocol=\\"TCP\\"].targetPort"}]}}""");

        assertThat(ApiRefusal.isConflict(refused)).isTrue();
        assertThat(ApiRefusal.of(SERVICE, refused))
                .containsExactly(
                        new Violation(
                                "Service prod/shop .spec.sessionAffinity",
                                "conflict with \"kubectl-edit\" using v1",
                                "have it taken out there, or say --force-conflicts to take the field"),
                        new Violation(
                                "Service prod/shop .spec.ports[port=80,protocol=\"TCP\"].targetPort",
                                "conflict with \"kubectl-edit\" using v1",
                                "have it taken out there, or say --force-conflicts to take the field"));
    }

    @Test
    void shouldSayThatSomebodyChangedIt() {
        KubernetesClientException refused = refused("""
                {"kind": "Status", "code": 409, "reason": "Conflict", "details": {"name": "shop", "kind": "services"},
                 "message": "Operation cannot be fulfilled on services \\"shop\\": the object has been modified"}""");

        assertThat(ApiRefusal.isConflict(refused)).isFalse();
        assertThat(ApiRefusal.of(SERVICE, refused))
                .extracting(Violation::problem)
                .containsExactly("somebody has changed it since it was looked at");
    }

    @Test
    void shouldSayThatTheClusterIsTooOldForAField() {
        assertThat(ApiRefusal.of(SERVICE, refused("""
                {"kind": "Status", "code": 500,
                 "message": "failed to create typed patch object: .spec.loadBalancerClass: field not declared in schema"}""")))
                .containsExactly(new Violation(
                        "Service prod/shop",
                        "this cluster's Kubernetes is too old for a field of it: failed to create typed patch object:"
                                + " .spec.loadBalancerClass: field not declared in schema",
                        "do without it (a loadBalancerClass needs Kubernetes 1.21), or use a newer cluster"));
    }

    @Test
    void shouldHandOnWhatTheServerFindsWrong() {
        assertThat(ApiRefusal.of(SERVICE, refused("""
                {"kind": "Status", "code": 422, "reason": "Invalid", "details": {"causes": [{"reason": "FieldValueInvalid",
                 "message": "Invalid value: []string{\\"IPv6\\"}: field is immutable", "field": "spec.ipFamilies"}]}}""")))
                .containsExactly(new Violation(
                        "Service prod/shop spec.ipFamilies",
                        "Invalid value: []string{\"IPv6\"}: field is immutable",
                        "mend it"));
    }

    @Test
    void shouldNotBlameTheServiceForAnAccountThatMayNot() {
        KubernetesClientException refused =
                refused("{\"kind\": \"Status\", \"code\": 403, \"message\": \"forbidden\"}");

        assertThatThrownBy(() -> ApiRefusal.of(SERVICE, refused)).isSameAs(refused);
    }

    private static KubernetesClientException refused(String json) {
        return new KubernetesClientException(Serialization.unmarshal(json, Status.class));
    }
}
