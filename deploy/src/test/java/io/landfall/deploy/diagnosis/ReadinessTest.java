package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {

    private static final Pod RUNNING = Pods.running(
            "{name: shop, ready: false, started: true, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:05:00Z'}}}");

    /** pkg/kubelet/prober/prober.go and pkg/probe of 1.20; 1.35 has the same and, for those that err, a longer preface. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Readiness probe failed: HTTP probe failed with statuscode: 503 | answered 503",
                "Readiness probe failed: Get \"http://192.168.2.183:8080/readyz\": dial tcp 192.168.2.183:8080: connect: connection refused | is refused: nothing listens there",
                "Readiness probe failed: Get \"http://172.16.166.142:8080/readyz\": context deadline exceeded (Client.Timeout exceeded while awaiting headers) | got no answer within 2 s",
                "Readiness probe failed: Get \"http://10.0.0.1:8080/readyz\": read tcp 10.0.0.2:1->10.0.0.1:8080: read: connection reset by peer | did not answer in HTTP",
                "Readiness probe errored: rpc error: code = Unknown desc = container not running (abc) | said \"rpc error: code = Unknown desc = container not running (abc)\"",
                "Readiness probe errored and resulted in unknown state: rpc error: code = NotFound desc = x | said \"rpc error: code = NotFound desc = x\""
            })
    void shouldSayWhatTheProbeWasAnswered(String message, String words) {
        assertThat(Pods.trouble(RUNNING, Pods.event("Unhealthy", message)))
                .get()
                .returns(Kind.PROBE, Trouble::kind)
                .returns(
                        "container shop is not ready: GET /readyz on port 8080 " + words + " (3 times)",
                        Trouble::sentence);
    }

    /** graceful-shutdown's probe sidecar says why; a kubelet hands it on where the probe is a command. */
    @Test
    void shouldHandOnWhatAProbeThatIsACommandSaid() {
        Pod pod = Pods.running(
                "{name: shop, ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:05:00Z'}}}");
        pod.getSpec()
                .getContainers()
                .get(0)
                .setReadinessProbe(new io.fabric8.kubernetes.api.model.ProbeBuilder()
                        .withNewExec()
                        .withCommand("/bin/ready", "--token", "hunter2")
                        .endExec()
                        .build());

        assertThat(Pods.sentence(
                        pod,
                        Pods.event("Unhealthy", "Readiness probe failed: DOWN: waits for registry zookeeper:2181\n")))
                .isEqualTo(
                        "container shop is not ready: the command /bin/ready said \"DOWN: waits for registry zookeeper:2181\" (3 times)");
    }

    @Test
    void shouldNotBelieveWhatAnEarlierRunWasAnswered() {
        assertThat(Pods.sentence(
                        RUNNING,
                        Pods.event(
                                "Unhealthy",
                                "Readiness probe failed: HTTP probe failed with statuscode: 503",
                                "2026-03-01T08:04:00Z")))
                .isEqualTo("container shop runs for 10 min, and GET /readyz on port 8080 has not succeeded");
    }

    /** pkg/kubelet/status/generate.go: ReadinessGatesNotReady. */
    @Test
    void shouldNameTheReadinessGate() {
        Pod pod = Pods.pod(
                "readinessGates: [{conditionType: example.com/lb}]",
                "phase: Running\nconditions: [{type: Ready, status: 'False', reason: ReadinessGatesNotReady}, {type: example.com/lb, status: 'False', message: 'target is not healthy yet'}]\n"
                        + "containerStatuses: [{name: shop, ready: true, restartCount: 0, state: {running: {}}}]");

        assertThat(Pods.sentence(pod))
                .isEqualTo("its containers are ready, and example.com/lb is not: target is not healthy yet");
    }

    @Test
    void shouldNotCallAStartAFailure() {
        Pod pod = Pods.running(
                "{name: shop, ready: false, started: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:14:00Z'}}}");
        pod.getSpec()
                .getContainers()
                .get(0)
                .setStartupProbe(new io.fabric8.kubernetes.api.model.ProbeBuilder()
                        .withPeriodSeconds(5)
                        .withFailureThreshold(120)
                        .withNewHttpGet()
                        .withPath("/readyz")
                        .withNewPort("http")
                        .endHttpGet()
                        .build());

        assertThat(
                        Pods.trouble(
                                pod,
                                Pods.event(
                                        "Unhealthy",
                                        "Startup probe failed: Get \"http://10.1.1.1:8080/readyz\": dial tcp 10.1.1.1:8080: connect: connection refused")))
                .get()
                .returns(Kind.STARTING, Trouble::kind)
                .returns(
                        "container shop is starting for 60 s, and may take 10 min; so far GET /readyz on port http is refused: nothing"
                                + " listens there",
                        Trouble::sentence);
    }

    @Test
    void shouldSayNothingOfAReadyPod() {
        Pod pod = Pods.pod(
                "",
                "phase: Running\nconditions: [{type: Ready, status: 'True'}]\ncontainerStatuses: [{name: shop, ready: true, restartCount: 7, state: {running: {}}}]");

        assertThat(Pods.trouble(
                        pod, Pods.event("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")))
                .isEmpty();
    }
}
