package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotMetricsTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Snapshot first = Snapshot.builder(ID).build();
    private final Snapshot second = Snapshot.builder(ID.hot(2)).build();

    @Test
    void shouldShowTheRevisionThatTheApplicationHas() {
        LiveSnapshot live = new LiveSnapshot(first);
        new SnapshotMetrics(live).bindTo(registry);
        assertShows(first);
        assertThat(registry.get("landfall.config.hot").gauge().value()).isZero();

        live.offer(second);

        assertShows(second);
        assertThat(registry.get("landfall.config.hot").gauge().value()).isEqualTo(2);
    }

    @Test
    void shouldShowTheRevisionThatCameBeforeItWasBound() {
        LiveSnapshot live = new LiveSnapshot(first);
        SnapshotMetrics metrics = new SnapshotMetrics(live);
        live.offer(second);

        metrics.bindTo(registry);

        assertShows(second);
    }

    @Test
    void shouldCountWhatWasRefused() {
        LiveSnapshot live = new LiveSnapshot(first);
        new SnapshotMetrics(live).bindTo(registry);

        live.offer(Snapshot.builder(SnapshotId.of("orders", "2")).build());
        live.offer(Snapshot.builder(SnapshotId.of("orders", "3")).build());

        assertThat(registry.get("landfall.config.refused").functionCounter().count())
                .isEqualTo(2);
        assertShows(first);
    }

    @Test
    void shouldShowSinceWhen() {
        Clock anHourAgo = Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofHours(-1));
        LiveSnapshot live = new LiveSnapshot(first, anHourAgo);
        new SnapshotMetrics(live).bindTo(registry);

        assertThat(registry.get("landfall.config.age").timeGauge().value(TimeUnit.MINUTES))
                .isBetween(59.9, 65.0);
    }

    private void assertShows(Snapshot snapshot) {
        assertThat(registry.get("landfall.config.snapshot").gauges())
                .singleElement()
                .satisfies(gauge -> {
                    assertThat(gauge.value()).isEqualTo(1);
                    assertThat(gauge.getId().getTag("app")).isEqualTo("orders");
                    assertThat(gauge.getId().getTag("revision"))
                            .isEqualTo(snapshot.id().revision());
                    assertThat(gauge.getId().getTag("digest"))
                            .isEqualTo(snapshot.digest().substring(0, 12));
                });
    }
}
