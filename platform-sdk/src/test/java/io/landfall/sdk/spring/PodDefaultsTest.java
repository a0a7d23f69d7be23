package io.landfall.sdk.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.shutdown.probe.ProbeServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

class PodDefaultsTest {

    @Test
    void shouldOpenTheSidecarInAPod() {
        try (ConfigurableApplicationContext context = run("--KUBERNETES_SERVICE_HOST=192.0.2.1")) {
            assertThat(context.getEnvironment().getProperty("landfall.probe.port"))
                    .isEqualTo("8719");
            assertThat(context.getEnvironment().getProperty("dubbo.application.register-mode"))
                    .isEqualTo("interface");
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
    void shouldComeAfterTheApplicationsOwnDefaults() {
        try (ConfigurableApplicationContext context = builder(Application.class)
                .properties("dubbo.application.register-mode=instance")
                .run("--KUBERNETES_SERVICE_HOST=192.0.2.1", "--landfall.probe.port=0")) {
            assertThat(context.getEnvironment().getProperty("dubbo.application.register-mode"))
                    .isEqualTo("instance");
            assertThat(context.getEnvironment().getProperty("landfall.drain.quiet-period"))
                    .isEqualTo("0s");
        }
    }

    @Test
    void shouldComeAfterPropertySourcesThatAreReadLater() {
        try (ConfigurableApplicationContext context =
                builder(WithPropertySource.class).run("--KUBERNETES_SERVICE_HOST=192.0.2.1")) {
            assertThat(context.getEnvironment().getProperty("dubbo.application.register-mode"))
                    .isEqualTo("instance");
            assertThat(context.getBean(ProbeServer.class).port()).isPositive().isNotEqualTo(8719);
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
        return builder(Application.class).run(arguments);
    }

    private static SpringApplicationBuilder builder(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "landfall.drain.quiet-period=0s");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @PropertySource("classpath:of-the-application.properties")
    static class WithPropertySource {}
}
