package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void shouldTakeTheMiddleOfAllForks() {
        assertThat(of(List.of(9.0, 1.0), List.of(900.0)).nanosPerCall()).isEqualTo(9.0);
        assertThat(of(List.of(9.0, 1.0), List.of(10.0, 900.0)).nanosPerCall()).isEqualTo(9.5);
    }

    @Test
    void shouldKeepTheExtremes() {
        assertThat(of(List.of(9.0, 1.0), List.of(900.0)).fastest()).isEqualTo(1.0);
        assertThat(of(List.of(9.0, 1.0), List.of(900.0)).slowest()).isEqualTo(900.0);
    }

    private static Measurement of(List<Double> fork, List<Double> another) {
        return new Measurement("inFlight", 1, 0, List.of(fork, another));
    }
}
