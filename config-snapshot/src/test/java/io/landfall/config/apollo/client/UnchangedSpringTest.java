package io.landfall.config.apollo.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.model.ConfigChangeEvent;
import com.ctrip.framework.apollo.spring.annotation.ApolloConfig;
import com.ctrip.framework.apollo.spring.annotation.ApolloConfigChangeListener;
import com.ctrip.framework.apollo.spring.annotation.ApolloJsonValue;
import com.ctrip.framework.apollo.spring.annotation.EnableApolloConfig;
import com.ctrip.framework.apollo.spring.boot.ApolloAutoConfiguration;
import io.landfall.config.SnapshotException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(FreshClient.class)
class UnchangedSpringTest {

    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    private final Revisions revisions = new Revisions(Map.of(
            "application.properties", "greeting=hello\nlimits={\"a\": 1}\nfeature=on\npool.size=7",
            "db.yaml", "pool:\n  host: one\n"));

    @Test
    void shouldFillAndUpdateBeansOfPlainSpring() {
        ClientSnapshot.use(revisions.live());

        try (var context = new AnnotationConfigApplicationContext(Plain.class)) {
            shouldFillAndUpdate(context.getBean(Greeter.class));
        }
    }

    @Test
    void shouldFillAndUpdateBeansOfBootFromItsFirstPhaseOn() {
        ClientSnapshot.use(revisions.live());

        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBean(Pool.class)).isEqualTo(new Pool(7, "one"));
            assertThat(context.getBean("feature")).isEqualTo("on");
            shouldFillAndUpdate(context.getBean(Greeter.class));
        }
    }

    @Test
    void shouldEndTheStartWithTheReason() {
        revisions.write("db.yaml", "pool:\n  host: [\n");
        ClientSnapshot.use(revisions.live());

        assertThatThrownBy(UnchangedSpringTest::run)
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("db.yaml:");
    }

    private void shouldFillAndUpdate(Greeter greeter) {
        Config config = requireNonNull(greeter.config);
        Config db = requireNonNull(greeter.db);
        assertThat(greeter.greeting).isEqualTo("hello");
        assertThat(greeter.host).isEqualTo("one");
        assertThat(greeter.limits).containsEntry("a", 1);
        assertThat(config.getProperty("greeting", "none")).isEqualTo("hello");
        assertThat(db.getProperty("pool.host", "none")).isEqualTo("one");

        revisions.write("application.properties", "greeting=hi\nlimits={\"a\": 2}\nfeature=on\npool.size=7");
        await().atMost(PROMPTLY).untilAsserted(() -> {
            assertThat(greeter.greeting).isEqualTo("hi");
            assertThat(greeter.limits).containsEntry("a", 2);
            assertThat(greeter.heard).containsExactly("application greeting hello -> hi");
        });

        revisions.write("db.yaml", "pool:\n  host: two\n");
        await().atMost(PROMPTLY).untilAsserted(() -> {
            assertThat(greeter.host).isEqualTo("two");
            assertThat(greeter.heard).contains("db.yaml pool.host one -> two");
        });
    }

    private static ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(Booted.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "app.id=orders",
                        "apollo.bootstrap.enabled=true",
                        "apollo.bootstrap.eagerLoad.enabled=true",
                        "apollo.bootstrap.namespaces=application,db.yaml",
                        "spring.main.banner-mode=off")
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableApolloConfig({"application", "db.yaml"})
    static class Plain {

        @Bean
        Greeter greeter() {
            return new Greeter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ApolloAutoConfiguration.class)
    @EnableConfigurationProperties(Pool.class)
    static class Booted {

        @Bean
        Greeter greeter() {
            return new Greeter();
        }

        @Bean
        @ConditionalOnProperty(name = "feature", havingValue = "on")
        String feature() {
            return "on";
        }
    }

    @ConfigurationProperties("pool")
    record Pool(int size, String host) {}

    static class Greeter {

        final List<String> heard = new CopyOnWriteArrayList<>();

        @Value("${greeting:none}")
        volatile @Nullable String greeting;

        @Value("${pool.host:none}")
        volatile @Nullable String host;

        @ApolloJsonValue("${limits:{}}")
        volatile @Nullable Map<String, Integer> limits;

        @ApolloConfig
        @Nullable
        Config config;

        @ApolloConfig("db.yaml")
        @Nullable
        Config db;

        @ApolloConfigChangeListener(
                value = {"application", "db.yaml"},
                interestedKeys = {"greeting", "pool.host"})
        void changed(ConfigChangeEvent event) {
            event.changedKeys().stream()
                    .filter(key -> !key.equals("limits"))
                    .map(key -> event.getNamespace() + " " + key + " "
                            + event.getChange(key).getOldValue() + " -> "
                            + event.getChange(key).getNewValue())
                    .forEach(heard::add);
        }
    }
}
