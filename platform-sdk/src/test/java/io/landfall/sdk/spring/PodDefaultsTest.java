package io.landfall.sdk.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.shutdown.probe.ProbeServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class PodDefaultsTest {

    @Test
    void shouldOpenTheSidecarInAPod() {
        try (ConfigurableApplicationContext context = run("--KUBERNETES_SERVICE_HOST=192.0.2.1")) {
            assertThat(context.getEnvironment().getProperty("landfall.probe.port"))
                    .isEqualTo("8719");
            assertThat(context.getBeansOfType(ProbeServer.class)).hasSize(1);
        }
    }

    @Test
    void shouldChangeNothingElsewhere() {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBeansOfType(ProbeServer.class)).isEmpty();
        }
    }

    @Test
    void shouldComeAfterWhatTheApplicationSays() {
        try (ConfigurableApplicationContext context =
                run("--KUBERNETES_SERVICE_HOST=192.0.2.1", "--landfall.probe.port=0")) {
            assertThat(context.getEnvironment().getProperty("landfall.probe.port"))
                    .isEqualTo("0");
        }
    }

    @Test
    void shouldHaveASwitchForTheSidecar() {
        try (ConfigurableApplicationContext context =
                run("--KUBERNETES_SERVICE_HOST=192.0.2.1", "--landfall.probe.enabled=false")) {
            assertThat(context.getBeansOfType(ProbeServer.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "landfall.drain.quiet-period=0s")
                .run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
