package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void shouldSpeakMilliseconds() {
        Histogram micros = new Histogram(3);
        for (int millis = 1; millis <= 1000; millis++) {
            micros.recordValue(millis * 1000L);
        }

        Latencies latencies = Latencies.of(micros);

        assertThat(latencies.p50Millis()).isBetween(499.0, 501.0);
        assertThat(latencies.p99Millis()).isBetween(989.0, 991.0);
        assertThat(latencies.maxMillis()).isBetween(999.0, 1001.0);
        assertThat(latencies.decode()).isEqualTo(micros);
    }

    @Test
    void shouldRefuseWhatIsNoHistogram() {
        Latencies strange = new Latencies(0, 0, 0, 0, "AAAA");

        assertThatThrownBy(strange::decode).isInstanceOf(RuntimeException.class);
    }
}
