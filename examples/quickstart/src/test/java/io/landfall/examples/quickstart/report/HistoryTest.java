package io.landfall.examples.quickstart.report;

import static io.landfall.examples.quickstart.report.Books.lost;
import static io.landfall.examples.quickstart.report.Books.second;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void shouldCountTimeFromTheFirstCall() {
        History history = History.of(
                List.of(Books.of(100_900, 1, second(100, Map.of("a", 1L))), Books.of(101_200, 1, lost(101, 2))),
                List.of(new Moment(103_400, "SIGTERM")));

        assertThat(history.events()).containsExactly(new History.Event(2.5, "SIGTERM"));
        assertThat(history.seconds())
                .containsExactly(new History.Second(0, 1, 0, Map.of("a", 1L)), new History.Second(1, 2, 2, Map.of()));
    }

    @Test
    void shouldAddUpConsumersSecondBySecond() {
        History history = History.of(
                List.of(
                        Books.of(100_000, 1, second(100, Map.of("a", 1L, "b", 2L))),
                        Books.of(100_000, 1, second(100, Map.of("b", 3L)))),
                List.of());

        assertThat(history.seconds()).containsExactly(new History.Second(0, 6, 0, Map.of("a", 1L, "b", 5L)));
    }
}
