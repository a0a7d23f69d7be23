package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallCostTest {

    @Test
    void shouldPassWhatIsLittleMore() {
        assertThat(CallCost.broken(List.of(of("http", 40, 0), of("httpWithLandfall", 340, 64))))
                .isEmpty();
    }

    @Test
    void shouldNameEveryBrokenPromise() {
        assertThat(CallCost.broken(List.of(
                        of("http", 40, 0),
                        of("httpWithLandfall", 341, 0),
                        of("dubbo", 100, 32),
                        of("dubboWithLandfall", 100, 97))))
                .containsExactly(
                        "httpWithLandfall, 1 thread(s): 301 ns more", "dubboWithLandfall, 1 thread(s): 65 B more");
    }

    @Test
    void shouldFailWhenNothingWasMeasured() {
        assertThat(CallCost.broken(List.of())).containsExactly("nothing was measured");
    }

    private static Measurement of(String name, double nanos, double bytes) {
        return new Measurement(name, 1, bytes, List.of(List.of(nanos)));
    }
}
