package io.landfall.examples.quickstart.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntriesTest {

    private final Entries entries = Entries.ofNodes(List.of(
            "dubbo%3A%2F%2Flegacy-1%3A20880%2Fgreet%3Fside%3Dprovider",
            "dubbo%3A%2F%2Feip%3A20880%2Fgreet%3Flandfall.pod%3Dpod-1.0%26side%3Dprovider",
            "dubbo%3A%2F%2Feip%3A20880%2Fgreet%3Fside%3Dprovider%26landfall.pod%3Dpod-2"));

    @Test
    void shouldCountEntriesOfAHost() {
        assertThat(entries.of("eip")).isEqualTo(2);
        assertThat(entries.of("legacy-1")).isOne();
        assertThat(entries.of("legacy")).isZero();
    }

    @Test
    void shouldKnowPodsWithAndWithoutANumber() {
        assertThat(entries.hasPod("pod-1")).isTrue();
        assertThat(entries.hasPod("pod-2")).isTrue();
        assertThat(entries.hasPod("pod")).isFalse();
        assertThat(Entries.none().hasPod("pod-1")).isFalse();
    }
}
