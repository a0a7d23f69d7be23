package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallMixTest {

    @Test
    void shouldMakeTheSameCallsAgainWithTheSameSeed() {
        CallMix mix = new CallMix(20, 200, 5000, 0.01, 7);

        assertThat(take(mix.lengths(), 1000)).isEqualTo(take(mix.lengths(), 1000));
    }

    @Test
    void shouldMixShortCallsWithSomeLongOnes() {
        int[] lengths = take(new CallMix(20, 200, 5000, 0.01, 7).lengths(), 100_000);

        assertThat(IntStream.of(lengths)).allMatch(length -> length == 5000 || (length >= 20 && length <= 200));
        assertThat(lengths).contains(20, 200);
        assertThat(IntStream.of(lengths).filter(length -> length == 5000).count())
                .isBetween(800L, 1200L);
        assertThat(IntStream.of(lengths)
                        .filter(length -> length <= 200)
                        .average()
                        .orElse(0))
                .isBetween(108.0, 112.0);
    }

    @Test
    void shouldRefuseNonsense() {
        assertThatThrownBy(() -> new CallMix(200, 20, 5000, 0.01, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallMix(20, 200, 5000, Double.NaN, 7))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int[] take(IntSupplier lengths, int count) {
        return IntStream.generate(lengths).limit(count).toArray();
    }
}
