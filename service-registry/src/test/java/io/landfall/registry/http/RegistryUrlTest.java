package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUrlTest {

    @Test
    void shouldReadServersWithoutShowingCredentials() {
        RegistryUrl url = RegistryUrl.parse(
                "eureka+http://user:pa%40ss@eureka-0:8761/eureka/, https://other:hush,hush@[2001:db8::7]/eureka");

        assertThat(url).hasToString("eureka at http://eureka-0:8761/eureka, https://[2001:db8::7]/eureka");
        assertThat(url.open().place()).isEqualTo("Eureka at http://eureka-0:8761/eureka, https://[2001:db8::7]/eureka");
        assertThat(authorization(url)).containsExactly("Basic dXNlcjpwYUBzcw==", "Basic b3RoZXI6aHVzaCxodXNo");
        assertThat(url.servers().get(0).cleaned("not dXNlcjpwYUBzcw== nor pa@ss"))
                .isEqualTo("not *** nor ***");
    }

    @Test
    void shouldReadAnAgentWithoutShowingItsToken() {
        RegistryUrl url = RegistryUrl.parse("consul+https://consul.example").withToken("5ecre7\n");

        assertThat(url).hasToString("consul at https://consul.example");
        assertThat(url.servers().get(0).request("/v1").build().headers().firstValue("X-Consul-Token"))
                .contains("5ecre7");
        assertThat(url.servers().get(0).cleaned("token 5ecre7 unknown")).isEqualTo("token *** unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eureka+http://user:geheim@host:port/eureka",
                "eureka+http://user:ge/heim@host:1/eureka",
                "eureka+http://user:12/geheim@host:1/eureka",
                "eureka+http://user:geheim@host:1/eureka,http://user:ge heim@host:1/eureka",
                "eureka+http://user:geheim@host:70000/eureka",
                "eureka+http://user:geheim@host/eureka?x=1",
                "eureka:http://user:geheim@host/eureka",
                "http://user:geheim@host/eureka",
                "nacos+http://user:geheim@host:8848",
                "consul+http://user:geheim@one:8500,http://user:geheim@two:8500",
                "eureka+http://user:geheim@host:8761",
                "eureka+http://user:geheim@host:8761/eureka,"
            })
    void shouldRefuseWithoutQuotingCredentials(String url) {
        assertThatThrownBy(() -> RegistryUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .satisfies(refused -> assertThat(refused.getMessage())
                        .doesNotContain("geheim", "heim", "user:ge")
                        .isNotBlank());
    }

    @Test
    void shouldNameAllServersThatAreWrong() {
        assertThatThrownBy(
                        () -> RegistryUrl.parse("eureka+http://one:x/eureka,http://two:8761/eureka,http://three:8761"))
                .hasMessageContaining("http://one:x/eureka")
                .hasMessageContaining("http://three:8761 has no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nacos://nacos:8848", "nacos+http://nacos:8848"})
    void shouldSayWhyNacosIsRefused(String nacos) {
        assertThatThrownBy(() -> RegistryUrl.parse(nacos))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one record for an address and a port")
                .hasMessageContaining("gRPC");
    }

    @Test
    void shouldRefuseTokensThatAreNone() {
        RegistryUrl consul = RegistryUrl.parse("consul+http://consul:8500");
        RegistryUrl eureka = RegistryUrl.parse("eureka+http://eureka:8761/eureka");

        assertThatThrownBy(() -> consul.withToken("ge\nheim"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("heim");
        assertThatThrownBy(() -> consul.withToken(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eureka.withToken("geheim"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("heim");
    }

    private static List<String> authorization(RegistryUrl url) {
        return url.servers().stream()
                .map(server -> server.request("").build().headers())
                .map(headers -> headers.firstValue("Authorization").orElse("none"))
                .toList();
    }
}
