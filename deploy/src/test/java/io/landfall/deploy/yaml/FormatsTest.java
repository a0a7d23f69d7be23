package io.landfall.deploy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "PT1M30S, PT90S", "0s, PT0S"})
    void shouldReadTimes(String text, Duration meant) {
        assertThat(Formats.duration(text)).isEqualTo(meant);
    }

    @Test
    void shouldRefuseATimeThatNobodyMeans() {
        assertThatThrownBy(() -> Formats.duration("3651d")).hasMessage("'3651d' is longer than ten years");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-5s", "5 s", "PT-5S", "Px", "99999999999s", "1w"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Formats.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no time such as 30s or 5m");
    }
}
