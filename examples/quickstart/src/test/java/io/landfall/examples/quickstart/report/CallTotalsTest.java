package io.landfall.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTotalsTest {

    @Test
    void shouldAddUpConsumersAndMergeTheirHistograms() {
        CallTotals totals = CallTotals.of(List.of(
                Books.of(0, 10_000, Books.second(1, Map.of("a", 90L)), Books.lost(2, 3)),
                Books.of(0, 500_000, Books.second(1, Map.of("a", 10L)), Books.lost(2, 4))));

        assertThat(totals.calls()).isEqualTo(107);
        assertThat(totals.lost()).isEqualTo(7);
        assertThat(totals.lostByType()).isEqualTo(Map.of("Reset", 7L));
        assertThat(totals.p50Millis()).isCloseTo(10, within(0.1));
        assertThat(totals.p99Millis()).isCloseTo(500, within(1.0));
    }
}
