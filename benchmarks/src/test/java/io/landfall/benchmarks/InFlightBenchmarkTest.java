package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightBenchmarkTest {

    private final InFlightBenchmark benchmark = new InFlightBenchmark();

    @Test
    void shouldMeasureAnOpenBulkhead() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(benchmark.bulkhead()).isTrue();
            assertThat(benchmark.bulkheadWithEvents()).isTrue();
        }
    }

    @Test
    void shouldMeasureCallsThatEnd() {
        for (int i = 0; i < 1_000; i++) {
            benchmark.inFlight();
        }

        assertThat(benchmark.running()).isZero();
    }
}
