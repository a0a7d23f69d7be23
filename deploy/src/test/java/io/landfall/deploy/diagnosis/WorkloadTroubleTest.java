package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTroubleTest {

    /**
     * "Error creating: %v" of pkg/controller/controller_utils.go, with the texts of plugin/pkg/admission and of the API server's
     * ResourceQuota and webhooks; PodSecurity is 1.23's and later.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error creating: pods \"shop-x-\" is forbidden: exceeded quota: project-quota, requested: limits.cpu=1,limits.memory=2Gi, used: limits.cpu=7,limits.memory=8Gi, limited: limits.cpu=8,limits.memory=8Gi | QUOTA | quota project-quota of the namespace has no room: a pod asks for limits.cpu=1, limits.memory=2Gi; used limits.cpu=7, limits.memory=8Gi of limits.cpu=8, limits.memory=8Gi",
                "Error creating: pods \"shop-x-\" is forbidden: failed quota: compute: must specify limits.cpu,limits.memory | QUOTA | quota compute of the namespace wants every container to say limits.cpu, limits.memory",
                "Error creating: pods \"shop-x-\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi | REFUSED | the namespace's limits do not allow it: maximum memory usage per Container is 1Gi, but limit is 2Gi",
                "Error creating: pods \"shop-x-\" is forbidden: error looking up service account prod/shop: serviceaccount \"shop\" not found | CONFIGURATION | ServiceAccount shop is not there",
                "Error creating: pods \"shop-x-\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot != true | REFUSED | the namespace's security level restricted:latest does not allow runAsNonRoot != true",
                "Error creating: admission webhook \"validate.kyverno.svc\" denied the request: image tag latest is not allowed | REFUSED | the cluster's rule validate.kyverno.svc says no: image tag latest is not allowed",
                "Error creating: Internal error occurred: failed calling webhook \"inject.example.com\": Post \"https://inject.prod.svc:443/?timeout=10s\": context deadline exceeded | REFUSED | the cluster's rule inject.example.com cannot be asked: Post 'https"
            })
    void shouldSayWhyNoPodIsMade(String message, Kind kind, String words) {
        assertThat(WorkloadTrouble.of(failing(message), List.of(), List.of()))
                .get()
                .returns(kind, Trouble::kind)
                .returns("Deployment shop", Trouble::subject)
                .satisfies(trouble ->
                        assertThat(trouble.sentence().replace('"', '\'')).startsWith("no pod can be made: " + words));
    }

    @Test
    void shouldPreferTheNewestEventToTheCondition() {
        assertThat(WorkloadTrouble.of(
                        failing("Error creating: old"),
                        List.of(),
                        List.of(
                                Pods.event("FailedCreate", "Error creating: older", "2026-03-01T08:00:00Z"),
                                Pods.event(
                                        "FailedCreate",
                                        "Error creating: pods \"shop-x-\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=3, limited: pods=3",
                                        "2026-03-01T08:10:00Z"))))
                .get()
                .returns(
                        "no pod can be made: quota pods of the namespace has no room: a pod asks for pods=1; used pods=3 of pods=3",
                        Trouble::sentence);
    }

    @Test
    void shouldSayNothingOfWhatIsOver() {
        Deployment fine = new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .endMetadata()
                .build();

        assertThat(WorkloadTrouble.of(
                        fine, List.of(), List.of(Pods.event("FailedCreate", "Error creating: exceeded quota"))))
                .isEmpty();
    }

    /** recordPodEvent in pkg/controller/statefulset/stateful_pod_control.go. */
    @Test
    void shouldSayWhyAStatefulSetHasTooFewPods() {
        var set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName("cat")
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .endSpec()
                .withNewStatus()
                .withReplicas(2)
                .endStatus()
                .build();
        var event = Pods.event(
                "FailedCreate",
                "create Pod cat-2 in StatefulSet cat failed error: pods \"cat-2\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=2, limited: pods=2");

        assertThat(WorkloadTrouble.of(set, List.of(event)))
                .get()
                .hasToString(
                        "StatefulSet cat: no pod can be made: quota pods of the namespace has no room: a pod asks for pods=1; used pods=2 of pods=2;"
                                + " ask for less, free some, or have the quota raised");
        set.getStatus().setReplicas(3);
        assertThat(WorkloadTrouble.of(set, List.of(event))).isEmpty();
    }

    private static Deployment failing(String message) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }
}
