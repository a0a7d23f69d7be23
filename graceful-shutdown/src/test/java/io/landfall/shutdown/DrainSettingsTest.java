package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainSettingsTest {

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void shouldKeepToTheStandardWhenNothingIsSaid() {
        DrainSettings settings = read();

        assertThat(settings.policy()).isEqualTo(DrainPolicy.STANDARD);
        assertThat(settings.probePort()).isEmpty();
        assertThat(settings.probeHost()).isEqualTo("0.0.0.0");
        assertThat(settings.probeToken()).isEmpty();
    }

    @Test
    void shouldReadEverythingFromTheEnvironment() {
        environment.put("LANDFALL_DRAIN_DEADLINE", "20s");
        environment.put("LANDFALL_DRAIN_QUIETPERIOD", "500ms");
        environment.put("LANDFALL_DRAIN_STEPLIMIT", "PT3S");
        environment.put("LANDFALL_DRAIN_CLOSETIME", "1m");
        environment.put("LANDFALL_DRAIN_GRACEPERIOD", "90s");
        environment.put("LANDFALL_PROBE_PORT", "8719");
        environment.put("LANDFALL_PROBE_HOST", "10.1.2.3");
        environment.put("LANDFALL_PROBE_TOKEN", "s3cret");

        DrainSettings settings = read();

        assertThat(settings.policy())
                .isEqualTo(new DrainPolicy(
                        Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMinutes(1)));
        assertThat(settings.gracePeriod()).contains(Duration.ofSeconds(90));
        assertThat(settings.probePort()).isEqualTo(OptionalInt.of(8719));
        assertThat(settings.probeHost()).isEqualTo("10.1.2.3");
        assertThat(settings.probeToken()).contains("s3cret");
    }

    @Test
    void shouldPreferThePropertyOverTheEnvironment() {
        environment.put("LANDFALL_DRAIN_DEADLINE", "20s");
        environment.put("LANDFALL_PROBE_PORT", "1");
        properties.setProperty("landfall.drain.deadline", "10s");
        properties.setProperty("landfall.probe.port", "2");

        assertThat(read().policy().deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read().probePort()).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "3s,PT3S", "3 s,PT3S", "2m,PT2M", "PT4.5S,PT4.5S", "' 3s ',PT3S"})
    void shouldReadTimesAsPeopleWriteThem(String written, Duration meant) {
        properties.setProperty("landfall.drain.step-limit", written);

        assertThat(read().policy().stepLimit()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "30", "-3s", "3h", "1.5s", "3S", "9999999999s"})
    void shouldRefuseWhatIsNoTimeAndNothingElse(String written) {
        properties.setProperty("landfall.drain.quiet-period", written);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("landfall.drain.quiet-period is '" + written
                        + "', which is no time: write it as 500ms, 30s, 2m or PT30S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "80 80"})
    void shouldRefuseWhatIsNoPort(String written) {
        properties.setProperty("landfall.probe.port", written);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("landfall.probe.port is '" + written + "', which is no port: use a number from 0 to 65535");
    }

    @Test
    void shouldNameEveryViolationAtOnce() {
        properties.setProperty("landfall.drain.deadline", "soon");
        properties.setProperty("landfall.drain.step-limit", "0s");
        properties.setProperty("landfall.probe.port", "eighty");
        environment.put("LANDFALL_DRAIN_CLOSETIME", "later");

        IllegalArgumentException refused = catchThrowableOfType(IllegalArgumentException.class, this::read);

        assertThat(String.valueOf(refused.getMessage()).split("; "))
                .hasSize(4)
                .anyMatch(one -> one.startsWith("landfall.drain.deadline is 'soon'"))
                .anyMatch(one -> one.startsWith("landfall.drain.close-time is 'later'"))
                .anyMatch(one -> one.startsWith("landfall.probe.port is 'eighty'"))
                .anyMatch(one -> one.startsWith("landfall.drain.step-limit is PT0S"));
    }

    @Test
    void shouldTakeBlankAsUnset() {
        properties.setProperty("landfall.drain.deadline", "  ");
        properties.setProperty("landfall.probe.token", "");

        assertThat(read().policy()).isEqualTo(DrainPolicy.STANDARD);
        assertThat(read().probeToken()).isEmpty();
    }

    @Test
    void shouldKeepTheTokenOutOfLogs() {
        properties.setProperty("landfall.probe.token", "s3cret");

        assertThat(read().toString()).doesNotContain("s3cret");
    }

    private DrainSettings read() {
        return DrainSettings.read(properties, environment);
    }
}
