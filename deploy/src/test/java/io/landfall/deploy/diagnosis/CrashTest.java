package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashTest {

    /** The message is doBackOff's in pkg/kubelet/kuberuntime/kuberuntime_manager.go, the same in 1.20 and 1.35. */
    private static Pod looping(String end) {
        return Pods.running(
                "{name: shop, ready: false, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff, message: "
                        + "'back-off 2m40s restarting failed container=shop pod=shop-7f9c-x2x_prod(u1)'}}, lastState: {terminated: {"
                        + end
                        + ", startedAt: '2026-03-01T08:12:00Z', finishedAt: '2026-03-01T08:12:14Z'}}}");
    }

    @Test
    void shouldTellLastWordsAndHowOften() {
        List<ContainerRun> asked = new ArrayList<>();
        LogTail logs = run -> {
            asked.add(run);
            return Optional.of("Caused by: java.net.UnknownHostException: mysql.example.com");
        };

        assertThat(Pods.trouble(
                        looping("exitCode: 1, reason: Error"),
                        logs,
                        Pods.event("BackOff", "Back-off restarting failed container"),
                        Pods.event(
                                "BackOff", "Back-off restarting failed container shop in pod shop-7f9c-x2x_prod(u1)")))
                .contains(new Trouble(
                        Kind.CRASH_LOOP,
                        "shop-7f9c-x2x",
                        "container shop ended with exit code 1, 14 s after its start; started again 5 times so far, the next time"
                                + " within 2m40s; its last words: \"Caused by: java.net.UnknownHostException: mysql.example.com\"",
                        "show the last words to the application's developers; the whole log: kubectl logs shop-7f9c-x2x -c shop"
                                + " --previous"));
        assertThat(asked).containsExactly(new ContainerRun("prod", "shop-7f9c-x2x", "u1", "shop", 5, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exitCode: 137, reason: OOMKilled | was killed, since it used more memory than its limit of 512Mi (OOMKilled)",
                "exitCode: 137, reason: Error | was ended by SIGKILL (exit code 137)",
                "exitCode: 139, reason: Error | was ended by SIGSEGV (exit code 139)",
                "exitCode: 0, reason: Completed | ended by itself (exit code 0), and is to run on"
            })
    void shouldSayHowItEnded(String end, String words) {
        assertThat(Pods.sentence(looping(end)))
                .isEqualTo("container shop " + words
                        + ", 14 s after its start; started again 5 times so far, the next time within 2m40s");
    }

    /** kuberuntime_manager.go: "Container %s failed liveness probe, will be restarted", in 1.20 and 1.35. */
    @Test
    void shouldBlameTheProbeThatHadItStopped() {
        assertThat(Pods.sentence(
                        looping("exitCode: 143, reason: Error"),
                        Pods.event(
                                "Killing",
                                "Container shop failed liveness probe, will be restarted",
                                "2026-03-01T08:12:10Z"),
                        Pods.event(
                                "Unhealthy",
                                "Liveness probe failed: dial tcp 10.244.1.7:8080: connect: connection refused")))
                .isEqualTo(
                        "container shop was stopped, since its liveness probe failed: a connection to port http is refused: nothing"
                                + " listens there, 14 s after its start; started again 5 times so far, the next time within 2m40s");
    }

    @Test
    void shouldNotBlameTheProbeOfARunBefore() {
        assertThat(Pods.sentence(
                        looping("exitCode: 137, reason: Error"),
                        Pods.event(
                                "Killing",
                                "Container shop failed liveness probe, will be restarted",
                                "2026-03-01T08:02:10Z")))
                .startsWith("container shop was ended by SIGKILL");
    }

    @Test
    void shouldReadTheLogOfTheRunThatHasJustEnded() {
        List<ContainerRun> asked = new ArrayList<>();

        Pods.trouble(
                Pods.running(
                        "{name: shop, ready: false, restartCount: 0, state: {terminated: {exitCode: 3, reason: Error}}}"),
                run -> {
                    asked.add(run);
                    return Optional.empty();
                });

        assertThat(asked).containsExactly(new ContainerRun("prod", "shop-7f9c-x2x", "u1", "shop", 0, false));
    }

    @Test
    void shouldMaskSecretsInLastWords() {
        String sentence = Pods.trouble(
                        looping("exitCode: 1, reason: Error"),
                        run -> Optional.of(
                                "Access denied: jdbc:mysql://shop:hunter2@db:3306/x?password=hunter3 --api-key 'k' token: \"abc def\""))
                .orElseThrow()
                .sentence();

        assertThat(sentence)
                .doesNotContain("hunter")
                .doesNotContain("abc")
                .contains("jdbc:mysql://shop:***@db:3306/x?password=***");
    }

    @Test
    void shouldNameAnInitContainerThatDidNotDoItsWork() {
        Pod pod = Pods.pod(
                "initContainers: [{name: migrate, image: shop-db:1}]",
                "phase: Pending\ninitContainerStatuses: [{name: migrate, ready: false, restartCount: 1, state: {terminated: {exitCode: 2, reason: Error}}}]\n"
                        + "containerStatuses: [{name: shop, ready: false, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]");

        assertThat(Pods.sentence(pod))
                .isEqualTo("init container migrate ended with exit code 2; started again once so far");
    }

    @Test
    void shouldNotBlameAnInitContainerThatIsDone() {
        Pod pod = Pods.pod(
                "initContainers: [{name: migrate, image: shop-db:1}]",
                "phase: Running\ninitContainerStatuses: [{name: migrate, ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed}}}]\n"
                        + "containerStatuses: [{name: shop, ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T08:14:50Z'}}}]");

        assertThat(Pods.sentence(pod)).startsWith("container shop runs for 10 s");
    }

    @Test
    void shouldForgiveACrashOfLongAgo() {
        assertThat(Pods.sentence(Pods.running(
                        "{name: shop, ready: false, restartCount: 1, state: {running: {startedAt: '2026-03-01T07:00:00Z'}}, "
                                + "lastState: {terminated: {exitCode: 1, finishedAt: '2026-03-01T06:59:00Z'}}}")))
                .isEqualTo("container shop runs for 75 min, and GET /readyz on port 8080 has not succeeded");
    }

    /** containerd's words, as the kubelet of 1.2x and 1.3x hands them on. */
    @Test
    void shouldSayThatTheCommandIsNotThere() {
        assertThat(
                        Pods.sentence(
                                Pods.waiting(
                                        "RunContainerError",
                                        "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed:"
                                                + " unable to start container process: exec: \"jave\": executable file not found in $PATH: unknown")))
                .isEqualTo(
                        "container shop cannot be started: it is to run \"jave\", and that says executable file not found in $PATH");
    }
}
