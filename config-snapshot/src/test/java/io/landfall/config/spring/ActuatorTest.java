package io.landfall.config.spring;

import static io.landfall.config.spring.Applications.snapshot;
import static io.landfall.config.spring.Applications.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.actuator.SnapshotEndpoint;
import io.landfall.config.spring.Applications.WithoutCloud;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class ActuatorTest {

    private final Path directory;

    ActuatorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void nothingIsLive() {
        TestFollowers.reset();
        SnapshotFile secret = SnapshotFile.of("application.yaml", "password: hunter2\nname: orders");
        Applications.write(
                directory,
                Snapshot.builder(Applications.ORDERS)
                        .created(Instant.parse("2026-11-22T10:00:00Z"))
                        .author("zhang")
                        .comment("more room")
                        .source(Map.of("application", "20261122-1"))
                        .file(secret.withSecretKeys(Set.of("password")))
                        .build());
    }

    @Test
    void shouldShowWhichSnapshotAndNoValue() {
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            LiveSnapshot live = context.getBean(LiveSnapshot.class);
            Map<String, Object> shown = context.getBean(SnapshotEndpoint.class).snapshot();
            assertThat(shown)
                    .containsEntry("app", "orders")
                    .containsEntry("version", "1.4.2")
                    .containsEntry("revision", "1.4.2")
                    .containsEntry("digest", live.current().digest())
                    .containsEntry("created", "2026-11-22T10:00:00Z")
                    .containsEntry("author", "zhang")
                    .containsEntry("comment", "more room")
                    .containsEntry("source", Map.of("application", "20261122-1"))
                    .containsEntry("since", live.since().toString())
                    .containsEntry("refused", 0L)
                    .doesNotContainKey("lastRefusal");
            assertThat(shown.get("files"))
                    .isEqualTo(List.of(Map.of("name", "application.yaml", "size", 30L, "secretKeys", 1)));
            assertThat(shown.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void shouldStayUpAndShowWhatWasRefused() throws ReflectiveOperationException {
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            context.getBean(LiveSnapshot.class).offer(snapshot(1, "application.yaml", "a: ["));
            Map<String, Object> shown = context.getBean(SnapshotEndpoint.class).snapshot();
            assertThat(shown).containsEntry("refused", 1L);
            assertThat(shown.get("lastRefusal")).asString().contains("1.4.2.h1").contains("application.yaml:1:");
            Object indicator = context.getBean("snapshotHealthIndicator");
            // Of one class on Boot 3, and of another on Boot 4.
            Object health = indicator.getClass().getMethod("health").invoke(indicator);
            assertThat(health)
                    .asString()
                    .contains("UP")
                    .contains("revision=1.4.2,")
                    .contains("refused=1.4.2.h1");
        }
    }

    @Test
    void shouldBeMeasured() {
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBeansOfType(MeterBinder.class).values().forEach(b -> b.bindTo(registry));
            assertThat(registry.get("landfall.config.snapshot")
                            .tag("revision", "1.4.2")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            context.getBean(LiveSnapshot.class).offer(snapshot(1, "application.yaml", "a: 1"));
            assertThat(registry.get("landfall.config.hot").gauge().value()).isEqualTo(1);
        }
    }
}
