package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void shouldPassAtHalfOfTheBulkheadAndNoBytes() {
        assertThat(verdict(ours(1, 10.0, 0.0001), peer(1, 20.0)).broken()).isEmpty();
    }

    @Test
    void shouldNameEveryBrokenPromise() {
        List<String> broken = verdict(ours(1, 10.1, 0), peer(1, 20.0), ours(2, 10.0, 16.0), peer(2, 200.0))
                .broken();

        assertThat(broken).hasSize(2);
        assertThat(broken.get(0)).startsWith("1 thread(s)").contains("more than 0.50");
        assertThat(broken.get(1)).startsWith("2 thread(s)").contains("16.000 B");
    }

    @Test
    void shouldFailOnWhatIsNoNumber() {
        assertThat(verdict(ours(1, Double.NaN, Double.NaN), peer(1, 20.0)).broken())
                .hasSize(2);
    }

    @Test
    void shouldFailWhenNothingWasMeasured() {
        assertThat(verdict().broken()).containsExactly("nothing was measured");
    }

    @Test
    void shouldCompareWithTheSameNumberOfThreadsOnly() {
        assertThatThrownBy(() -> verdict(ours(2, 5.0, 0), peer(1, 20.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 threads");
    }

    private static Verdict verdict(Measurement... measurements) {
        return Verdict.of(List.of(measurements));
    }

    private static Measurement ours(int threads, double nanos, double bytes) {
        return new Measurement(Verdict.OURS, threads, bytes, List.of(List.of(nanos)));
    }

    private static Measurement peer(int threads, double nanos) {
        return new Measurement(Verdict.PEER, threads, 0, List.of(List.of(nanos)));
    }
}
