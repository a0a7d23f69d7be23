package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.244.0.7:20880, 10.244.0.7",
        "[fd00::7]:20880, [fd00::7]",
        "orders-0.orders:20880, orders-0.orders",
    })
    void shouldReadWhatEntriesSay(String said, String host) {
        PodAddress address = PodAddress.parse(said);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(20880);
        assertThat(address).hasToString(said);
    }

    @Test
    void shouldWriteIpv6InBracketsOnce() {
        assertThat(PodAddress.of("fd00::7", 20880)).hasToString("[fd00::7]:20880");
        assertThat(PodAddress.of("[fd00::7]", 20880)).hasToString("[fd00::7]:20880");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.244.0.7",
                "10.244.0.300:20880",
                "10.244.0.7:0",
                "*.pods.example.com:20880",
                "fd00::7",
                "[fe80::1%eth0]:20880",
                "10.244.0.7:20880/orders"
            })
    void shouldRefuseWhatIsNone(String said) {
        assertThatThrownBy(() -> PodAddress.parse(said))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + said + "' is no address");
    }
}
