package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    private static final long START = -7_046_029_254_386_353_131L;

    @Test
    void shouldKnowItsRequestsByTheirNumbers() {
        Caller caller = Caller.of(START);

        assertThat(caller.mayHaveSent(START + 1_000_000)).isTrue();
        assertThat(caller.mayHaveSent(START - 1_000_000)).isTrue();
        assertThat(caller.mayHaveSent(START + (1L << 40))).isFalse();
        assertThat(caller.mayHaveSent(-START)).isFalse();
    }

    @Test
    void shouldKeepUpWithTheCount() {
        Caller caller = Caller.of(START);

        caller.hasCountedTo(START + (1L << 40));

        assertThat(caller.mayHaveSent(START + (1L << 40) + 5)).isTrue();
        assertThat(caller.mayHaveSent(START)).isFalse();
    }

    @Test
    void shouldFollowACountThatRunsOver() {
        Caller caller = Caller.of(Long.MAX_VALUE - 10);

        assertThat(caller.mayHaveSent(Long.MIN_VALUE + 10)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000_000})
    void shouldNotTellCallersApartThatCountFromZero(long number) {
        Caller caller = Caller.of(number);

        assertThat(caller).isSameAs(Caller.ANYBODY);
        assertThat(caller.mayHaveSent(number)).isFalse();
    }
}
