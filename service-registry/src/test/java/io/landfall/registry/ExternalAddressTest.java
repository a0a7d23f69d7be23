package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "255.255.255.255, 255.255.255.255",
        "127.0.0.11, 127.0.0.11",
        "2001:db8::7, 2001:db8::7",
        "[2001:db8::7], 2001:db8::7",
        "::1, ::1",
        "::ffff:10.1.2.3, ::ffff:10.1.2.3",
        "orders, orders",
        "orders.example.com, orders.example.com",
        "o-1.example.co, o-1.example.co",
        "Orders.Example.COM, Orders.Example.COM",
    })
    void shouldReadAnAddressWithoutAPort(String text, String host) {
        assertThat(ExternalAddress.parse(text)).isEqualTo(new ExternalAddress(host, OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:20880, 10.1.2.3, 20880",
        "10.1.2.3:1, 10.1.2.3, 1",
        "10.1.2.3:65535, 10.1.2.3, 65535",
        "[2001:db8::7]:20880, 2001:db8::7, 20880",
        "orders.example.com:80, orders.example.com, 80",
    })
    void shouldReadAnAddressWithAPort(String text, String host, int port) {
        assertThat(ExternalAddress.parse(text)).isEqualTo(new ExternalAddress(host, OptionalInt.of(port)));
    }

    @Test
    void shouldHaveNamesBelowAWildcard() {
        ExternalAddress address = ExternalAddress.parse("*.orders.example.com:20880");

        assertThat(address.wildcard()).isTrue();
        assertThat(address).hasToString("*.orders.example.com:20880");
        assertThat(address.named("orders-7d4f.0")).hasToString("orders-7d4f-0.orders.example.com:20880");
        assertThat(address.named("a".repeat(70) + ".1").host()).isEqualTo("a".repeat(61) + "-1.orders.example.com");
        assertThat(ExternalAddress.parse("10.1.2.3").named("orders-7d4f.0")).hasToString("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 10.1.2.3:20880", "10.1.2.3:20880 ", "10.1.2.3:20880\r\n", "\t10.1.2.3:20880"})
    void shouldForgiveSpaceAround(String text) {
        assertThat(ExternalAddress.parse(text)).hasToString("10.1.2.3:20880");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.",
                "*.*.example.com",
                "*.10.1.2.3",
                "*.[2001:db8::7]",
                "o*.example.com",
                "10.1.2",
                "10.1.2.3.4",
                "10.1.2.256",
                "10.1.2.",
                ".10.1.2.3",
                "10..2.3",
                "010.1.2.3",
                "1",
                "10.1.2.3:",
                "10.1.2.3:0",
                "10.1.2.3:65536",
                "10.1.2.3:-1",
                "10.1.2.3:99999999999",
                "10.1.2.3:http",
                "10.1.2.3:80:90",
                "10.1.2.3 20880",
                "10.1.2.3/24",
                "10.1.2.3,10.1.2.4",
                "10.1.2.3#eip",
                "10.1.2.3?eip",
                "http://10.1.2.3",
                "dubbo://10.1.2.3:20880/Greeting",
                "user@10.1.2.3",
                "[10.1.2.3]",
                "[10.1.2.3]:80",
                "[2001:db8::7",
                "2001:db8::7]",
                "[2001:db8::7]:",
                "[2001:db8::7]x",
                "[2001:db8::7]:0",
                "2001:db8:::7",
                "2001:db8::g",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "[fe80::1%25eth0]:80",
                ":20880",
                ":",
                "[]",
                "-orders",
                "orders-",
                "orders..example",
                "orders.example.",
                "orders_1",
                "or ders",
                "orders/path",
                "订单",
                "${EIP}",
                "<none>",
                "$(EIP)",
                "%31%30.1.2.3",
                "99999999999.1.2.3",
                "10.1.2.3:99999999999",
            })
    void shouldRefuseWhatIsNoAddressAndShowIt(String text) {
        assertThatThrownBy(() -> ExternalAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text
                                + "' is no address: write 10.1.2.3, 10.1.2.3:20880, [2001:db8::7]:20880 or a host name, which may begin with *.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void shouldRefuseNothing(String text) {
        assertThatThrownBy(() -> ExternalAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'' is no address");
    }

    @Test
    void shouldRefuseNamesThatNoNameServerTakes() {
        String label = "a".repeat(63);
        assertThat(ExternalAddress.parse(label).host()).isEqualTo(label);

        assertThatThrownBy(() -> ExternalAddress.parse(label + "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExternalAddress.parse(String.join(".", label, label, label, label)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "10.1.2.3:20880", "[2001:db8::7]:20880", "[2001:db8::7]", "orders:80"})
    void shouldReadWhatItShows(String text) {
        ExternalAddress address = ExternalAddress.parse(text);

        assertThat(address).hasToString(text);
        assertThat(ExternalAddress.parse(address.toString())).isEqualTo(address);
    }
}
