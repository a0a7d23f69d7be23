package io.landfall.registry.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ExternalAddressListenerTest {

    private static final Map<String, Object> POD = Map.of(
            "landfall.registry.enabled", "true",
            "landfall.registry.wait", "0s",
            "landfall.pod.name", "orders-0",
            "landfall.eip.file", "/nowhere/eip");

    @Test
    void shouldNotLookForAnAddressBeforeTheApplicationsOwnConfigurationIsRead() {
        ConfigurableEnvironment environment = environment();
        environment.getPropertySources().addLast(new MapPropertySource("bootstrap", Map.of()));

        prepared(environment);

        assertThat(environment.getPropertySources()).hasSize(4);
    }

    @Test
    void shouldLookForItInTheApplication() {
        assertThatThrownBy(() -> prepared(environment()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No external address found");
    }

    private static ConfigurableEnvironment environment() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("pod", POD));
        return environment;
    }

    private static void prepared(ConfigurableEnvironment environment) {
        new ExternalAddressListener()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }
}
