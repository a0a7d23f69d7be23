package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldNameEveryViolationAtOnce() {
        assertThatThrownBy(
                        () -> new DrainPolicy(Duration.ZERO, SECOND.negated(), SECOND.negated(), Duration.ofDays(365)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("landfall.drain.deadline is PT0S")
                .hasMessageContaining("landfall.drain.quiet-period is PT-1S")
                .hasMessageContaining("landfall.drain.step-limit is PT-1S")
                .hasMessageContaining("landfall.drain.close-time is PT8760H: use at most 7 days");
    }

    @Test
    void shouldRefuseAQuietPeriodThatTheDeadlineCannotHold() {
        assertThatThrownBy(() -> DrainPolicy.STANDARD.withDeadline(SECOND).withQuietPeriod(SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quiet-period (PT2S)")
                .hasMessageContaining("deadline (PT1S)");
        assertThatThrownBy(() -> new DrainPolicy(SECOND, SECOND, SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raise the deadline or lower the quiet period");
    }

    @Test
    void shouldAcceptNoQuietPeriodAtAll() {
        assertThat(DrainPolicy.STANDARD.withQuietPeriod(Duration.ZERO).quietPeriod())
                .isZero();
    }

    @Test
    void shouldChangeOneValueAtATime() {
        DrainPolicy policy = DrainPolicy.STANDARD
                .withDeadline(Duration.ofSeconds(9))
                .withQuietPeriod(Duration.ofSeconds(8))
                .withStepLimit(Duration.ofSeconds(7))
                .withCloseTime(Duration.ofSeconds(6));

        assertThat(policy)
                .isEqualTo(new DrainPolicy(
                        Duration.ofSeconds(9), Duration.ofSeconds(8), Duration.ofSeconds(7), Duration.ofSeconds(6)));
    }

    @Test
    void shouldFitTheStandardIntoTheGracePeriodOfKubernetes() {
        assertThat(DrainPolicy.STANDARD.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DrainPolicy.STANDARD.quietPeriod()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldSayWhenAPodHasLessTimeThanADrain() {
        assertThat(DrainPolicy.STANDARD.tooLongFor(Duration.ofSeconds(37))).isEmpty();
        assertThat(DrainPolicy.STANDARD.tooLongFor(Duration.ofSeconds(30)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("PT35S", "grace period is PT30S", "terminationGracePeriodSeconds to 37 or more"));
    }
}
