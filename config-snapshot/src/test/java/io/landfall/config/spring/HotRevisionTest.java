package io.landfall.config.spring;

import static io.landfall.config.spring.Applications.snapshot;
import static io.landfall.config.spring.Applications.start;
import static io.landfall.config.spring.Applications.write;
import static io.landfall.config.spring.Applications.writePlain;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import io.landfall.config.spring.Applications.WithCloud;
import io.landfall.config.spring.Applications.WithoutCloud;
import io.landfall.config.spring.SnapshotChangedEvent.ValueChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

@ExtendWith(PrintedOutput.class)
class HotRevisionTest {

    private final Path directory;

    HotRevisionTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void nothingIsLive() {
        TestFollowers.reset();
    }

    /** What Spring Cloud binds again. */
    @ConfigurationProperties("pool")
    static class Pool {
        private int size;

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }
    }

    /** What begins anew. */
    static class Greeter {
        private final String greeting;

        Greeter(String greeting) {
            this.greeting = greeting;
        }

        String greeting() {
            return greeting;
        }
    }

    static class Listener {
        final List<SnapshotChangedEvent> events = new CopyOnWriteArrayList<>();
        private final @Nullable Pool pool;
        volatile int sizeThen;

        Listener(@Nullable Pool pool) {
            this.pool = pool;
        }

        @EventListener
        void changed(SnapshotChangedEvent event) {
            sizeThen = pool == null ? 0 : pool.getSize();
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Pool.class)
    static class Shop extends WithCloud {

        @Bean
        @RefreshScope
        Greeter greeter(@Value("${greeting}") String greeting) {
            return new Greeter(greeting);
        }

        @Bean
        Listener listener(Pool pool) {
            return new Listener(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PlainShop extends WithoutCloud {

        @Bean
        Listener listener() {
            return new Listener(null);
        }
    }

    private static boolean offer(Snapshot snapshot) {
        return TestFollowers.FOLLOWING.get(0).offer(snapshot);
    }

    @Test
    void shouldBringARevisionToEnvironmentBeansAndListeners() {
        write(directory, "application.yaml", "greeting: hello\npool.size: 1\ngone: soon");
        try (ConfigurableApplicationContext context = start(directory, Shop.class)) {
            assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("hello");
            assertThat(offer(snapshot(1, "application.yaml", "greeting: hi\npool.size: 2", "new.properties", "new=1")))
                    .isTrue();
            Environment environment = context.getEnvironment();
            assertThat(environment.getProperty("greeting")).isEqualTo("hi");
            assertThat(environment.containsProperty("gone")).isFalse();
            assertThat(context.getBean(Pool.class).getSize()).isEqualTo(2);
            assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("hi");
            Listener listener = context.getBean(Listener.class);
            assertThat(listener.sizeThen).isEqualTo(2);
            assertThat(listener.events).hasSize(1);
            assertThat(listener.events.get(0).keys())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "greeting", new ValueChange("hello", "hi", false),
                            "pool.size", new ValueChange(1, 2, false),
                            "gone", new ValueChange("soon", null, false),
                            "new", new ValueChange(null, "1", false)));
            assertThat(listener.events.get(0).toString()).doesNotContain("hello");
        }
        assertThat(TestFollowers.FOLLOWING).isEmpty();
    }

    @Test
    void shouldReadWhatIsLiveWhenSpringCloudReadsAnew() {
        write(directory, "application.yaml", "greeting: hello\npool.size: 1");
        try (ConfigurableApplicationContext context = start(directory, Shop.class)) {
            offer(snapshot(1, "application.yaml", "greeting: hi\npool.size: 1"));
            assertThat(context.getBean(ContextRefresher.class).refresh()).doesNotContain("greeting");
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hi");
            offer(snapshot(2, "application.yaml", "greeting: hey\npool.size: 1"));
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hey");
        }
    }

    @Test
    void shouldTellListenersWithoutSpringCloudToo() {
        write(directory, "application.yaml", "greeting: hello");
        try (ConfigurableApplicationContext context = start(directory, PlainShop.class)) {
            offer(snapshot(1, "application.yaml", "greeting: hi"));
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hi");
            assertThat(context.getBean(Listener.class).events).hasSize(1);
        }
    }

    @Test
    void shouldKeepWhatItHasIfARevisionCannotBeRead(PrintedOutput output) {
        write(directory, "application.yaml", "greeting: hello\npool.size: 1");
        try (ConfigurableApplicationContext context = start(directory, Shop.class)) {
            assertThat(offer(snapshot(1, "application.yaml", "greeting: [hunter2")))
                    .isFalse();
            assertThat(offer(snapshot(2, "application.yaml", "greeting: hi\nspring.profiles.active: x")))
                    .isFalse();
            LiveSnapshot live = context.getBean(LiveSnapshot.class);
            assertThat(live.refused()).isEqualTo(2);
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hello");
            assertThat(context.getBean(Listener.class).events).isEmpty();
            assertThat(output.text()).contains("it cannot be read as YAML").contains("release it as a version");
            assertThat(output.text()).doesNotContain("hunter2");
        }
    }

    @Test
    void shouldSayWhereAValueDoesNotFitAndNotTheValue(PrintedOutput output) {
        write(directory, "application.yaml", "greeting: hello\npool.size: 1");
        try (ConfigurableApplicationContext context = start(directory, Shop.class)) {
            assertThat(offer(snapshot(1, "application.yaml", "greeting: hi\npool.size: hunter2")))
                    .isTrue();
            assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("hi");
            assertThat(output.text())
                    .contains("pool.size does not fit int")
                    .contains("application.yaml - 2:12")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void shouldStartWithWhatIsLive() {
        write(directory, "application.yaml", "greeting: hello");
        TestFollowers.live = () -> Optional.of(snapshot(3, "application.yaml", "greeting: hi"));
        try (ConfigurableApplicationContext context = start(directory, PlainShop.class)) {
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hi");
            assertThat(context.getBean(LiveSnapshot.class).current().id().hot()).isEqualTo(3);
        }
    }

    @Test
    void shouldStartWithTheVersionIfWhatIsLiveIsBad(PrintedOutput output) {
        write(directory, "application.yaml", "greeting: hello");
        TestFollowers.live = () -> {
            throw new SnapshotException(
                    "Snapshot orders 1.4.2.h3", List.of(new Violation("x", "it is bad", "mend it")));
        };
        startsWithTheVersion();
        TestFollowers.live = () -> Optional.of(snapshot(3, "application.yaml", "greeting: ["));
        startsWithTheVersion();
        assertThat(output.text()).contains("it is bad").contains("Configuration stays 1.4.2: Snapshot orders 1.4.2.h3");
    }

    private void startsWithTheVersion() {
        try (ConfigurableApplicationContext context = start(directory, PlainShop.class)) {
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hello");
            assertThat(context.getBean(LiveSnapshot.class).refused()).isEqualTo(1);
        }
    }

    @Test
    void shouldNeverBeWithoutAKeyThatMovesToAnotherFile() throws InterruptedException {
        write(directory, "application.yaml", "key: 0", "other.yaml", "x: 1");
        try (ConfigurableApplicationContext context = start(directory, PlainShop.class)) {
            AtomicBoolean running = new AtomicBoolean(true);
            AtomicBoolean missed = new AtomicBoolean();
            Thread reader = new Thread(() -> {
                while (running.get()) {
                    if (context.getEnvironment().getProperty("key") == null) {
                        missed.set(true);
                    }
                }
            });
            reader.start();
            for (int i = 1; i <= 200; i++) {
                String full = "key: " + i;
                offer(snapshot(
                        i, "application.yaml", i % 2 == 0 ? full : "y: 1", "other.yaml", i % 2 == 0 ? "x: 1" : full));
            }
            running.set(false);
            reader.join(10_000);
            assertThat(missed).isFalse();
            assertThat(context.getEnvironment().getProperty("key")).isEqualTo("200");
        }
    }

    @Test
    void shouldShareWhatIsLiveBetweenContextsAndFollowItOnce() {
        write(directory, "application.yaml", "greeting: hello");
        try (ConfigurableApplicationContext one = start(directory, PlainShop.class)) {
            try (ConfigurableApplicationContext other = start(directory, PlainShop.class)) {
                assertThat(TestFollowers.FOLLOWING).hasSize(1);
                offer(snapshot(1, "application.yaml", "greeting: hi"));
                assertThat(other.getEnvironment().getProperty("greeting")).isEqualTo("hi");
            }
            assertThat(TestFollowers.FOLLOWING).hasSize(1);
            assertThat(one.getEnvironment().getProperty("greeting")).isEqualTo("hi");
        }
        assertThat(TestFollowers.FOLLOWING).isEmpty();
    }

    @Test
    void shouldReadADevelopersFilesAnewOnRefresh() {
        writePlain(directory, "application.yaml", "greeting: hello\npool.size: 1");
        try (ConfigurableApplicationContext context = start(directory, Shop.class)) {
            writePlain(directory, "application.yaml", "greeting: hi\npool.size: 1");
            context.getBean(ContextRefresher.class).refresh();
            assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("hi");
            assertThat(context.getBean(LiveSnapshot.class).current().file("application.yaml"))
                    .contains(SnapshotFile.of("application.yaml", "greeting: hi\npool.size: 1"));
        }
    }

    @Test
    void shouldMarkSecretsOfAChange() {
        SnapshotFile file = SnapshotFile.of("application.yaml", "greeting: hi");
        write(directory, "application.yaml", "greeting: hello");
        try (ConfigurableApplicationContext context = start(directory, PlainShop.class)) {
            offer(Snapshot.builder(Applications.ORDERS.hot(1))
                    .file(file.withSecretKeys(Set.of("greeting")))
                    .build());
            assertThat(context.getBean(Listener.class).events.get(0).keys().get("greeting"))
                    .isEqualTo(new ValueChange("hello", "hi", true));
        }
    }
}
