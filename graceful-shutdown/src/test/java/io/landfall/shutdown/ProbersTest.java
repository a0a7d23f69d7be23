package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbersTest {

    private final Probers probers = new Probers(List.of("/actuator", "/healthz"));

    @Test
    void shouldKnowKubeletsByTheirName() {
        assertThat(probers.sent("/", "kube-probe/1.20")).isTrue();
        assertThat(probers.sent("/", "curl/8.5")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health/readiness", "/healthz"})
    void shouldKnowOthersByWhereTheyAsk(String path) {
        assertThat(probers.sent(path, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders", "/actuators", "/orders/actuator"})
    void shouldTakeTheRestForWork(String path) {
        assertThat(probers.sent(path, null)).isFalse();
    }

    @Test
    void shouldTellWhetherAPodIsReadyFromWhetherItIsAlive() {
        assertThat(probers.askForReadiness("/actuator/health/readiness", "kube-probe/1.20"))
                .isTrue();
        assertThat(probers.askForReadiness("/health", "kube-probe/1.20")).isTrue();
        assertThat(probers.askForReadiness("/actuator/health/liveness", "kube-probe/1.20"))
                .isFalse();
        assertThat(probers.askForReadiness("/actuator/health/readiness", "curl/8.5"))
                .isFalse();
    }

    @Test
    void shouldRefusePathsThatCouldNeverMatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Probers(List.of("actuator", "/healthz", "")))
                .withMessageContaining("landfall.drain.probe-paths has [actuator, ]")
                .withMessageContaining("/actuator");
    }
}
