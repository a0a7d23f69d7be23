package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {

    private final LoadPlan steady = LoadPlan.steady(100, Duration.ofSeconds(10), Duration.ZERO, 1);
    private final LoadPlan ramped = new LoadPlan(100, Duration.ofSeconds(4), Duration.ofSeconds(10), Duration.ZERO, 1);

    @Test
    void shouldSpaceCallsEvenlyWithoutARamp() {
        assertThat(steady.calls()).isEqualTo(1000);
        assertThat(LongStream.of(0, 1, 100, 999).map(steady::dueNanos))
                .containsExactly(0L, 10_000_000L, 1_000_000_000L, 9_990_000_000L);
    }

    @Test
    void shouldMakeHalfTheCallsWhileTheRateGrows() {
        assertThat(ramped.calls()).isEqualTo(800);
        assertThat(callsBefore(1)).isEqualTo(13);
        assertThat(callsBefore(2)).isEqualTo(50);
        assertThat(callsBefore(4)).isEqualTo(200);
        assertThat(callsBefore(5)).isEqualTo(300);
    }

    @Test
    void shouldNeverGoBack() {
        assertThat(LongStream.range(1, ramped.calls()))
                .allMatch(call -> ramped.dueNanos(call) > ramped.dueNanos(call - 1));
    }

    @Test
    void shouldRefuseNonsense() {
        assertThatThrownBy(() -> LoadPlan.steady(0, Duration.ZERO, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadPlan(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long callsBefore(int second) {
        return LongStream.range(0, ramped.calls())
                .filter(call -> ramped.dueNanos(call) < TimeUnit.SECONDS.toNanos(second))
                .count();
    }
}
