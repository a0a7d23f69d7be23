package io.landfall.examples.quickstart.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private final Backend first = new Backend("first", new InetSocketAddress(1), () -> true);
    private final Backend second = new Backend("second", new InetSocketAddress(2), () -> true);
    private final List<Backend> ready = List.of(first, second);

    @Test
    void shouldPreferThePodWithTheFewestConnections() {
        first.opened();
        assertThat(Choice.named("lc").of(ready)).isSameAs(second);

        second.opened();
        second.opened();
        assertThat(Choice.named("lc").of(ready)).isSameAs(first);
    }

    @Test
    void shouldTakeTurns() {
        Choice inTurn = Choice.named("rr");

        assertThat(IntStream.range(0, 4).mapToObj(i -> inTurn.of(ready).pod()))
                .containsExactly("first", "second", "first", "second");
    }

    @Test
    void shouldChooseAtRandomAmongTheReady() {
        Choice random = Choice.named("random");

        assertThat(IntStream.range(0, 200).mapToObj(i -> random.of(ready).pod()))
                .contains("first", "second");
    }

    @Test
    void shouldRefuseOthers() {
        assertThatThrownBy(() -> Choice.named("best")).hasMessageContaining("lc, rr or random, not best");
    }
}
