package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Before a container runs: volumes, network, images; and after: nodes that are lost, pods that do not go. */
class BeginningTest {

    private static final Pod CREATING = Pods.waiting("ContainerCreating", "");

    /** pkg/volume/util/operationexecutor of 1.20; the same texts were seen from 1.35. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FailedMount | MountVolume.SetUp failed for volume \"config\" : configmap \"redis-conig\" not found | CONFIGURATION | volume config cannot be mounted: ConfigMap redis-conig is not there",
                "FailedMount | MountVolume.SetUp failed for volume \"cert\" : secret \"shop-tls\" not found | CONFIGURATION | volume cert cannot be mounted: Secret shop-tls is not there",
                "FailedMount | MountVolume.SetUp failed for volume \"config\" : configmap references non-existent config key: app.yaml | CONFIGURATION | volume config cannot be mounted: a mounted ConfigMap has no key app.yaml",
                "FailedMount | MountVolume.SetUp failed for volume \"h\" : hostPath type check failed: /data is not a directory | VOLUME | volume h cannot be mounted: hostPath type check failed: /data is not a directory",
                "FailedMount | Unable to attach or mount volumes: unmounted volumes=[config data], unattached volumes=[config default-token-zcn2r data]: timed out waiting for the condition | VOLUME | volume config, data is not mounted yet on node n1",
                "FailedAttachVolume | Multi-Attach error for volume \"pvc-1\" Volume is already exclusively attached to one node and can't be attached to another | VOLUME | volume pvc-1 is still in use on another node",
                "FailedCreatePodSandBox | Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox \"0123456789abcdef\": plugin type=\"calico\" failed (add): no IPs available | NETWORK | its network cannot be made on node n1: plugin type=\"calico\" failed (add): no IPs available"
            })
    void shouldSayWhatItLacks(String reason, String message, Kind kind, String sentence) {
        assertThat(Pods.trouble(CREATING, Pods.event(reason, message)))
                .get()
                .returns(kind, Trouble::kind)
                .returns(sentence, Trouble::sentence);
    }

    @Test
    void shouldPreferTheReasonToTheDelay() {
        assertThat(Pods.sentence(
                        CREATING,
                        Pods.event(
                                "FailedMount",
                                "Unable to attach or mount volumes: unmounted volumes=[config], unattached volumes=[config]: timed out waiting for the condition"),
                        Pods.event(
                                "FailedMount",
                                "MountVolume.SetUp failed for volume \"config\" : configmap \"x\" not found",
                                "2026-03-01T08:10:00Z")))
                .isEqualTo("volume config cannot be mounted: ConfigMap x is not there");
    }

    @Test
    void shouldNotBelieveAMountsFailureOnceItRuns() {
        Pod running = Pods.running(
                "{name: shop, ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:14:55Z'}}}");

        assertThat(Pods.sentence(
                        running,
                        Pods.event(
                                "FailedMount",
                                "MountVolume.SetUp failed for volume \"config\" : configmap \"x\" not found")))
                .startsWith("container shop runs for 5 s");
    }

    /** pkg/kubelet/kubelet_pods.go: makeEnvironmentVariables, the same in 1.20 and 1.35. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret \"ruler-alertmanager-token\" not found | Secret ruler-alertmanager-token is not there",
                "configmap \"shop-1.4.2\" not found | ConfigMap shop-1.4.2 is not there",
                "couldn't find key url in ConfigMap prod/shop-db | ConfigMap shop-db has no key url",
                "couldn't find key password in Secret prod/shop-db | Secret shop-db has no key password",
                "container has runAsNonRoot and image will run as root | container has runAsNonRoot and image will run as root"
            })
    void shouldNameWhatItsVariablesNeed(String message, String words) {
        assertThat(Pods.trouble(Pods.waiting("CreateContainerConfigError", message)))
                .get()
                .returns(Kind.CONFIGURATION, Trouble::kind)
                .returns("container shop cannot be made: " + words, Trouble::sentence);
    }

    @Test
    void shouldSayThatAnImageIsBeingPulled() {
        assertThat(Pods.trouble(
                        CREATING,
                        Pods.event(
                                "Pulling",
                                "Pulling image \"registry.example.com/shop:1.4.3\"",
                                "2026-03-01T08:14:20Z")))
                .get()
                .returns(Kind.STARTING, Trouble::kind)
                .returns(
                        "image registry.example.com/shop:1.4.3 is being pulled on node n1 for 40 s", Trouble::sentence);
    }

    @Test
    void shouldComplainOfWhatTakesLong() {
        assertThat(Pods.trouble(Pods.made()))
                .contains(new Trouble(
                        Kind.NOT_READY,
                        "shop-7f9c-x2x",
                        "is being made on node n1 for 15 min",
                        "nobody says why it takes this long: ask whoever runs the cluster to look at the node"));
    }

    @Test
    void shouldSayWhichInitContainerRuns() {
        Pod pod = Pods.pod(
                "initContainers: [{name: wait, image: a}, {name: migrate, image: b}]",
                "phase: Pending\ninitContainerStatuses: [{name: wait, ready: true, restartCount: 0, state: {terminated: {exitCode: 0}}}, "
                        + "{name: migrate, ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:14:00Z'}}}]\n"
                        + "containerStatuses: [{name: shop, ready: false, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]");

        assertThat(Pods.sentence(pod)).isEqualTo("init container migrate (2 of 2) runs for 60 s, and has to end first");
    }

    /** MarkPodsNotReady in pkg/controller/util/node/controller_utils.go of 1.20: no reason, and the kubelet's last word stays. */
    @Test
    void shouldSayThatTheNodeIsLost() {
        Pod pod = Pods.pod(
                "",
                "phase: Running\nconditions: [{type: Ready, status: 'False', lastTransitionTime: '2026-03-01T08:12:00Z'}]\n"
                        + "containerStatuses: [{name: shop, ready: true, restartCount: 0, state: {running: {}}}]");

        assertThat(Pods.trouble(pod, Pods.event("NodeNotReady", "Node is not ready")))
                .get()
                .returns(Kind.NODE_LOST, Trouble::kind)
                .returns("its node n1 no longer answers (for 3 min)", Trouble::sentence);
    }

    /** pkg/kubelet/eviction/helpers.go and pkg/kubelet/lifecycle/predicate.go of 1.20. */
    @Test
    void shouldSayThatItsNodeThrewItOut() {
        assertThat(
                        Pods.sentence(
                                Pods.pod(
                                        "",
                                        "phase: Failed\nreason: Evicted\nmessage: 'The node was low on resource: memory. Container shop was using 2Gi, which exceeds its request of 0. '")))
                .isEqualTo(
                        "was thrown out by node n1: The node was low on resource: memory. Container shop was using 2Gi, which exceeds its request of 0.");
        assertThat(
                        Pods.sentence(
                                Pods.pod(
                                        "",
                                        "phase: Failed\nreason: OutOfcpu\nmessage: 'Pod Node didn''t have enough resource: cpu, requested: 2000, used: 3500, capacity: 4000'")))
                .isEqualTo(
                        "was sent to a node that has no room: Pod Node didn't have enough resource: cpu, requested: 2000, used: 3500, capacity: 4000");
    }

    @Test
    void shouldNameTheFinalizerThatHoldsAPod() {
        Pod pod = Pods.made();
        pod.getMetadata().setDeletionTimestamp("2026-03-01T08:12:00Z");
        pod.getMetadata().setDeletionGracePeriodSeconds(60L);

        assertThat(Pods.trouble(pod))
                .get()
                .returns(Kind.TERMINATING, Trouble::kind)
                .returns(
                        "was to be gone 3 min ago (it had 60 s to stop), and its node n1 has not said that it is",
                        Trouble::sentence);

        pod.getMetadata().setFinalizers(java.util.List.of("example.com/backup"));
        assertThat(Pods.sentence(pod))
                .isEqualTo("was to be gone 3 min ago (it had 60 s to stop), and is held by example.com/backup");
    }

    @Test
    void shouldLetAPodGoInItsTime() {
        Pod pod = Pods.made();
        pod.getMetadata().setDeletionTimestamp("2026-03-01T08:15:30Z");

        assertThat(Pods.trouble(pod)).isEmpty();
    }
}
