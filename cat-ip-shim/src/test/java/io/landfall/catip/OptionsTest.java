package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void shouldSetHostIpAndWaitAMinuteWithoutOptions() {
        Options options = Options.parse("");

        assertThat(options.properties()).containsExactly("host.ip");
        assertThat(options.waitMillis()).isEqualTo(60_000);
        assertThat(options.ignoresMissing()).isFalse();
        assertThat(options.file()).isNull();
        assertThat(options.methods()).isEmpty();
        assertThat(options.packages()).isEmpty();
    }

    @Test
    void shouldTakeWhatHasNoKeyForTheListBeforeIt() {
        Options options = Options.parse("file=/eip, properties=host.ip,my.ip ,wait=30s,method=a.B.c,method=d.E.f,"
                + "jdk=com.example,org.example.net,missing=ignore");

        assertThat(options.properties()).containsExactly("host.ip", "my.ip");
        assertThat(options.waitMillis()).isEqualTo(30_000);
        assertThat(options.methods()).containsExactly("a.B.c", "d.E.f");
        assertThat(options.packages()).containsExactly("com.example", "org.example.net");
        assertThat(options.ignoresMissing()).isTrue();
        assertThat(options.file()).isEqualTo("/eip");
    }

    @Test
    void shouldSetNoPropertyWhereTheListIsEmpty() {
        assertThat(Options.parse("properties=,jdk=com.example").properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "30s, 30000", "2m, 120000", "0s, 0"})
    void shouldReadTimes(String text, long millis) {
        assertThat(Options.parse("wait=" + text).waitMillis()).isEqualTo(millis);
    }

    @Test
    void shouldNameAllThatIsWrongAtOnce() {
        assertThatThrownBy(() ->
                        Options.parse("eip,wiat=1s,wait=soon,missing=never,file=,method=localIp,jdk=java.net,jdk=a..b,"
                                + "missing=fail"))
                .isInstanceOf(ShimException.class)
                .hasMessage(
                        "wrong options: 'eip' has no key; 'wiat' is none; 'missing' is there twice; wait=soon is no time"
                                + " like 500ms, 30s or 2m, of an hour at most; missing=never is neither fail nor ignore; file= names none;"
                                + " method=localIp is no package.Class.method; jdk=java.net is no package of the application's;"
                                + " jdk=a..b is no package of the application's; there are file, wait, missing, properties, method"
                                + " and jdk, as key=value with commas between");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=",
                "wait=s",
                "wait=30",
                "wait=-1s",
                "wait=9999999999s",
                "=x",
                "method=a.B.c()",
                "jdk=com.*",
                "jdk=com",
                "jdk=org",
                "wait=61m",
                "wait=999999999m",
                "method=java.net.InetAddress.getLocalHost",
                "method=com.sun.net.Net.ip"
            })
    void shouldRefuse(String text) {
        assertThatThrownBy(() -> Options.parse(text)).isInstanceOf(ShimException.class);
    }
}
