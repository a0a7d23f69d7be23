package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodShareTest {

    @Test
    void shouldSplitAnyWeightWithoutRemainder() {
        for (int entries = 1; entries <= 16; entries++) {
            PodShare share = new PodShare("orders-0", entries);
            for (int weight = 0; weight <= 1_000; weight++) {
                List<PodShare.Entry> split = share.split(weight);

                assertThat(split).hasSize(entries);
                assertThat(split.stream().mapToInt(PodShare.Entry::weight).sum())
                        .as("%d over %d", weight, entries)
                        .isEqualTo(weight);
                assertThat(largest(split) - smallest(split)).isBetween(0, 1);
            }
        }
    }

    @Test
    void shouldSplitTheLargestWeight() {
        assertThat(new PodShare("orders-0", 3)
                        .split(Integer.MAX_VALUE).stream()
                                .mapToLong(PodShare.Entry::weight)
                                .sum())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldTellEveryEntryOfEveryPodApart() {
        List<String> ids = Stream.of("orders-0", "orders-1", "orders-10")
                .flatMap(pod -> new PodShare(pod, 16).split(100).stream())
                .map(PodShare.Entry::id)
                .toList();

        assertThat(ids).hasSize(48).doesNotHaveDuplicates().contains("orders-0.0", "orders-10.15");
    }

    @Test
    void shouldGiveTheSameEntriesAgain() {
        PodShare share = new PodShare("orders-0", 3);

        assertThat(share.split(100)).isEqualTo(share.split(100));
        assertThat(share.split(100))
                .containsExactly(
                        new PodShare.Entry("orders-0.0", 34),
                        new PodShare.Entry("orders-0.1", 33),
                        new PodShare.Entry("orders-0.2", 33));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 17, Integer.MAX_VALUE})
    void shouldRefuseNumbersOfEntriesOutOfRange(int entries) {
        assertThatThrownBy(() -> new PodShare("orders-0", entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("landfall.registry.entries is " + entries + ": use a number from 1 to 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldRefuseAPodWithoutAName(String pod) {
        assertThatThrownBy(() -> new PodShare(pod, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POD_NAME");
    }

    private static int largest(List<PodShare.Entry> entries) {
        return entries.stream().mapToInt(PodShare.Entry::weight).max().orElseThrow();
    }

    private static int smallest(List<PodShare.Entry> entries) {
        return entries.stream().mapToInt(PodShare.Entry::weight).min().orElseThrow();
    }
}
