package io.landfall.e2e.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares(
            Map.of(
                    1L, Map.of("a", 30L, "b", 10L),
                    2L, Map.of("a", 20L, "b", 20L),
                    3L, Map.of("a", 21L, "b", 19L),
                    4L, Map.of("a", 40L)),
            Map.of(1L, 5L, 2L, 0L, 3L, 2L, 4L, 7L));

    @Test
    void shouldMeasureTheWorstShare() {
        assertThat(shares.deviation(1, 2, Set.of("a", "b"))).isCloseTo(0.5, within(1e-9));
        assertThat(shares.deviation(2, 4, Set.of("a", "b"))).isCloseTo(0.025, within(1e-9));
        assertThat(shares.deviation(4, 5, Set.of("a", "b"))).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldFindWhenSharesBecameEven() {
        assertThat(shares.evenFrom(1, 4, 2, Set.of("a", "b"), 0.2)).hasValue(2);
        assertThat(shares.evenFrom(3, 5, 2, Set.of("a", "b"), 0.2)).isEmpty();
    }

    @Test
    void shouldCountAnswers() {
        assertThat(shares.calls(1, 3)).isEqualTo(80);
    }

    @Test
    void shouldCountWhatWasLost() {
        assertThat(shares.lost(2, 4)).isEqualTo(2);
        assertThat(shares.lost(1, 5)).isEqualTo(14);
    }
}
