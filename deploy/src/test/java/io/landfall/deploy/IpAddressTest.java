package io.landfall.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,                    10.1.2.3",
        "' 10.1.2.3 ',                10.1.2.3",
        "2001:db8::7,                 2001:db8::7",
        "2001:0DB8:0:0:0:0:0:07,      2001:db8::7",
        "2001:db8:0:0:1:0:0:1,        2001:db8::1:0:0:1",
        "2001:db8:0:1:0:0:0:1,        2001:db8:0:1::1",
        "2001:db8:1:1:1:1:0:1,        2001:db8:1:1:1:1:0:1",
        "2001:db8:1:1:1:1:1:0,        2001:db8:1:1:1:1:1:0",
        "2001::,                      2001::",
        "64:ff9b::10.1.2.3,           64:ff9b::a01:203",
    })
    void shouldWriteOneAddressInOneWay(String written, String text) {
        assertThat(IpAddress.parse(written).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1.2",
                "10.1.2.3.4",
                "10.1.2.256",
                "10.1.2.03",
                "10.1.2.3:80",
                "10.1.2.3/24",
                "cat.example.com",
                "1:2:3",
                "2001:db8:::7",
                "2001:db8::g",
                "[2001:db8::7]",
                "2001:db8::7%eth0",
                "1:2:3:4:5:6:7:8:9",
                ":",
                "10.1.2.3,10.1.2.4",
                "一"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no IP address: write 10.1.2.3 or 2001:db8::7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "169.254.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "ff02::1"
            })
    void shouldRefuseWhatNobodyElseCanReach(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is an address that nobody else can reach");
    }

    @Test
    void shouldRefuseAnAddressInDisguise() {
        assertThatThrownBy(() -> IpAddress.parse("::ffff:10.1.2.3"))
                .hasMessage("'::ffff:10.1.2.3' is an IPv4 address written as IPv6: write 10.1.2.3");
    }

    @Test
    void shouldPutBracketsAroundWhatHasColons() {
        assertThat(IpAddress.parse("10.1.2.3").withPort(80)).isEqualTo("10.1.2.3:80");
        assertThat(IpAddress.parse("2001:db8::7").withPort(80)).isEqualTo("[2001:db8::7]:80");
    }
}
