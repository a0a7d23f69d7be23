package io.landfall.shutdown.dubbo.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long now;
    private final Pace pace = new Pace(() -> now);

    @Test
    void shouldLetOneTryAtATime() {
        assertThat(pace.mayTry()).isTrue();
        assertThat(pace.mayTry()).isFalse();
    }

    @Test
    void shouldWaitEverLonger() {
        Duration first = tryAndWait();
        Duration second = tryAndWait();
        Duration third = tryAndWait();

        assertThat(first).isBetween(Pace.SHORTEST, Pace.SHORTEST.multipliedBy(5).dividedBy(4));
        assertThat(second)
                .isBetween(
                        first.multipliedBy(2).minusMillis(10),
                        // Both are whole milliseconds here, and are not there.
                        first.multipliedBy(5).dividedBy(2).plusMillis(1));
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void shouldNotWaitLongerThanItSays() {
        for (int i = 0; i < 12; i++) {
            tryAndWait();
        }

        assertThat(tryAndWait())
                .isLessThanOrEqualTo(Pace.LONGEST.multipliedBy(5).dividedBy(4));
    }

    @Test
    void shouldForgetAfterAWhile() {
        for (int i = 0; i < 12; i++) {
            tryAndWait();
        }
        now += Pace.LONGEST.multipliedBy(3).toNanos();

        assertThat(tryAndWait()).isLessThan(Duration.ofMillis(200));
    }

    /** How long it takes until another try is allowed. */
    private Duration tryAndWait() {
        assertThat(pace.mayTry()).isTrue();
        pace.tried();
        long since = now;
        while (!pace.allows()) {
            now += Duration.ofMillis(1).toNanos();
        }
        return Duration.ofNanos(now - since);
    }
}
