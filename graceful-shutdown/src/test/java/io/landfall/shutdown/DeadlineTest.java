package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final FakeNanos clock = new FakeNanos();

    @Test
    void shouldPassAtItsMomentAndNotBefore() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);

        clock.advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));

        clock.advance(Duration.ofNanos(1));
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void shouldNeverHaveLessThanNothingLeft() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);

        clock.advance(Duration.ofHours(1));

        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.passed()).isTrue();
    }

    @Test
    void shouldTakeTheNearerOfTwo() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);

        assertThat(deadline.orIn(Duration.ofSeconds(1)).remaining()).isEqualTo(Duration.ofSeconds(1));
        assertThat(deadline.orIn(Duration.ofSeconds(9)).remaining()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldLeaveNothingOfADeadlineThatHasPassed() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock);
        clock.advance(Duration.ofSeconds(4));

        assertThat(deadline.orIn(Duration.ofSeconds(1)).passed()).isTrue();
    }

    @Test
    void shouldFollowTheMonotonicClockOfTheMachine() {
        assertThat(Deadline.in(Duration.ofHours(1)).remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(Deadline.in(Duration.ZERO).passed()).isTrue();
    }
}
