package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The texts are those of FitError.Error and of the plugins' ErrReason constants in pkg/scheduler; those with "preemption" were seen from
 * clusters of 1.27 to 1.35.
 */
class UnscheduledTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 1.20
                "0/4 nodes are available: 1 Insufficient memory, 3 node(s) had taint {node-role: infra}, that the pod didn't tolerate. | none of 4 nodes can take it: 1 has too little free memory (it asks for 9Gi), 3 are reserved by the taint node-role=infra",
                "0/1 nodes are available: 1 Insufficient cpu. | none of 1 node can take it: 1 has too little free cpu (it asks for 2)",
                "0/2 nodes are available: 1 node(s) were unschedulable, 1 Too many pods. | none of 2 nodes can take it: 1 is closed for new pods (cordoned), 1 has as many pods as it may have",
                "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity, 2 node(s) didn't match pod affinity/anti-affinity, 2 node(s) didn't match pod anti-affinity rules. | none of 3 nodes can take it: 1 is not one that it asks for, 2 have a pod that this one must not be beside, 2 have a pod that this one must not be beside",
                "0/3 nodes are available: 3 node(s) had taint {node.kubernetes.io/unreachable: }, that the pod didn't tolerate. | none of 3 nodes can take it: 3 do not answer",
                "0/3 nodes are available: 3 pod has unbound immediate PersistentVolumeClaims. | none of 3 nodes can take it: its volume claim has no volume yet",
                "persistentvolumeclaim \"data\" not found | no node can take it: its volume claim data is not there",
                // 1.27 and later
                "0/1 nodes are available: 1 Insufficient memory. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling. | none of 1 node can take it: 1 has too little free memory (it asks for 9Gi)",
                "0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.. | none of 3 nodes can take it: 1 is reserved by the taint node-role.kubernetes.io/control-plane, 2 are not one that it asks for",
                "0/3 nodes are available: persistentvolumeclaim \"data\" not found. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.. | none of 3 nodes can take it: its volume claim data is not there",
                "0/5 nodes are available: 1 Insufficient memory, 4 node(s) had volume node affinity conflict. preemption: 0/5 nodes are available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling. | none of 5 nodes can take it: 1 has too little free memory (it asks for 9Gi), 4 cannot reach the volume",
                "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints. | none of 2 nodes can take it: 2 have more of these pods than the others may differ by",
                "0/9 nodes are available: 9 node(s) had a reason that is new. | none of 9 nodes can take it: 9 node(s) had a reason that is new"
            })
    void shouldSayWhatIsMissing(String message, String sentence) {
        assertThat(Pods.trouble(Pods.unscheduled(message)))
                .get()
                .returns(sentence, Trouble::sentence)
                .returns(Kind.UNSCHEDULABLE, Trouble::kind);
    }

    @Test
    void shouldAddUpWhatContainersAskFor() {
        var pod = Pods.unscheduled(
                "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Insufficient nvidia.com/gpu.");
        var second = new io.fabric8.kubernetes.api.model.ContainerBuilder(
                        pod.getSpec().getContainers().get(0))
                .withName("sidecar")
                .editResources()
                .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("250m"))
                .addToRequests("memory", new io.fabric8.kubernetes.api.model.Quantity("512Mi"))
                .endResources()
                .build();
        pod.getSpec().setContainers(List.of(pod.getSpec().getContainers().get(0), second));

        assertThat(Pods.sentence(pod))
                .isEqualTo(
                        "none of 1 node can take it: 1 has too little free cpu (it asks for 2.25), 1 has too little free memory"
                                + " (it asks for 9728Mi), 1 has too little free nvidia.com/gpu");
    }

    @Test
    void shouldSayThatAGateHoldsIt() {
        var pod = Pods.pod(
                "schedulingGates: [{name: example.com/quota}]",
                "conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated, message: 'Scheduling is blocked due to non-empty scheduling gates'}]");
        pod.getSpec().setNodeName(null);

        assertThat(Pods.sentence(pod)).isEqualTo("is held before it is given a node, by example.com/quota");
    }

    @Test
    void shouldSayWhenNoSchedulerHasLookedAtIt() {
        var pod = Pods.pod("", "phase: Pending");
        pod.getSpec().setNodeName(null);

        assertThat(Pods.sentence(pod)).isEqualTo("waits for a node for 15 min, and no scheduler has looked at it");
    }
}
