package io.landfall.examples.greeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void shouldBeCalledLikeItsPod() {
        Settings settings = Settings.of(Map.of("POD_NAME", "greeter-1", "GREETING_REGISTRY", "zookeeper://zk:2181"));

        assertThat(settings.name()).isEqualTo("greeter-1");
        assertThat(settings.protocol()).isEqualTo("dubbo");
        assertThat(settings.port()).isEqualTo(Settings.DEFAULT_PORT);
        assertThat(settings.group()).isEmpty();
        assertThat(settings.qos()).isFalse();
        assertThat(settings.leash()).isFalse();
    }

    @Test
    void shouldSayWhichVariableIsMissingOrWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("GREETING_REGISTRY", " ")))
                .withMessageContaining("GREETING_REGISTRY is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("GREETING_REGISTRY", "N/A", "GREETING_PORT", "http")))
                .withMessageContaining("GREETING_PORT is 'http'");
    }
}
