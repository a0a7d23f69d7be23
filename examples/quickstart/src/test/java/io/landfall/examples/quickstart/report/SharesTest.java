package io.landfall.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void shouldTurnCountsIntoShares() {
        assertThat(Shares.of(List.of("a", "b"), Map.of("a", 30L, "b", 10L)))
                .containsExactly(entry("a", 0.75), entry("b", 0.25));
    }

    @Test
    void shouldGiveAProviderThatAnsweredNothingAShareOfZero() {
        assertThat(Shares.of(List.of("a", "b"), Map.of("a", 30L))).containsExactly(entry("a", 1.0), entry("b", 0.0));
        assertThat(Shares.of(List.of("a"), Map.of())).containsExactly(entry("a", 0.0));
    }

    @Test
    void shouldTakeTheLargestDeviationOfBothWindows() {
        Map<String, Double> even = Map.of("a", 0.5, "b", 0.5);
        Map<String, Double> uneven = Map.of("a", 0.6, "b", 0.4);

        assertThat(new Shares(even, even).maxShareDeviation()).isZero();
        assertThat(new Shares(even, uneven).maxShareDeviation()).isCloseTo(0.2, within(1e-9));
        assertThat(new Shares(uneven, even).maxShareDeviation()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void shouldCountAnAbsentProviderAsWhollyDeviating() {
        Map<String, Double> shares = Shares.of(List.of("a", "b", "c"), Map.of("a", 10L, "b", 10L));

        assertThat(new Shares(shares, shares).maxShareDeviation()).isCloseTo(1.0, within(1e-9));
    }
}
