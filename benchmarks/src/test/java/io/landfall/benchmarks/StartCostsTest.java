package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartCostsTest {

    private static final Results.Machine MACHINE = new Results.Machine(2, "amd64", "JDK 17");

    @Test
    void shouldCompareMiddleRounds() {
        StartCosts costs = costs(1_290, 2_000);

        assertThat(costs.millis(StartKind.PROPERTY)).isEqualTo(1_290);
        assertThat(costs.ratio(StartKind.PROPERTY)).isEqualTo(1.29);
        assertThat(costs.broken()).isEmpty();
        assertThat(costs.markdown(MACHINE))
                .contains("| cat-ip-shim, property | 1290 | 1 to 9000 | 1.29 | 1.3 |\n", "Kept.");
        assertThat(costs.json(MACHINE)).contains("{\"start\": \"cat-ip-shim, property\", \"millis\": [9000, 1290, 1]}");
    }

    @Test
    void shouldNameEachPromiseThatIsBroken() {
        StartCosts costs = costs(1_310, 2_010);

        assertThat(costs.broken())
                .containsExactly(
                        "cat-ip-shim, property costs 1.31 of the baseline, more than 1.3",
                        "cat-ip-shim, property and method costs 2.01 of the baseline, more than 2.0");
        assertThat(costs.markdown(MACHINE)).contains("Broken: cat-ip-shim, property costs 1.31");
    }

    @Test
    void shouldReadWhatTheKernelCounts() {
        assertThat(ChildCpu.millis("4 (a ) b) S 1 2 3 4 5 6 7 8 9 10 11 12 130 14 20 0"))
                .isEqualTo(1_440);
    }

    private static StartCosts costs(long property, long method) {
        return new StartCosts(Map.of(
                StartKind.PLAIN, List.of(700L, 700L, 700L),
                StartKind.BASELINE, List.of(1_000L, 990L, 1_010L),
                StartKind.PROPERTY, List.of(9_000L, property, 1L),
                StartKind.METHOD, List.of(method, method, method)));
    }
}
