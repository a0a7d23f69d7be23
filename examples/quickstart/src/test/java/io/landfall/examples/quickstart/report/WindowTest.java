package io.landfall.examples.quickstart.report;

import static io.landfall.examples.quickstart.report.Books.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.examples.load.LoadReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTest {

    private final List<LoadReport> books = List.of(
            Books.of(0, 1, second(10, Map.of("a", 1L)), second(11, Map.of("a", 2L)), second(12, Map.of("b", 4L))),
            Books.of(0, 1, second(11, Map.of("b", 8L)), second(13, Map.of("a", 16L))));

    @Test
    void shouldAddUpAllConsumersWithinTheWindowOnly() {
        assertThat(new Window(11, 13).answers(books)).isEqualTo(Map.of("a", 2L, "b", 12L));
    }

    @Test
    void shouldTakeWholeSecondsOnly() {
        assertThat(Window.between(10_001, 12_999)).isEqualTo(new Window(11, 12));
        assertThat(Window.between(10_000, 13_000)).isEqualTo(new Window(10, 13));
    }
}
