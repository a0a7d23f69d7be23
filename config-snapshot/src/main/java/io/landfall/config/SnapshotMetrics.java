package io.landfall.config;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The snapshot as metrics: {@code landfall.config.snapshot} (1, with {@code app}, {@code revision} and the first 12 characters of the
 * {@code digest}), {@code landfall.config.age}, {@code landfall.config.hot} and {@code landfall.config.refused}.
 */
public final class SnapshotMetrics implements MeterBinder {

    private final LiveSnapshot live;

    /** Shows what one application has. */
    public SnapshotMetrics(LiveSnapshot live) {
        this.live = live;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge which = MultiGauge.builder("landfall.config.snapshot")
                .description("1 for the revision that the application has")
                .register(registry);
        live.add((SnapshotListener) change -> show(which));
        show(which);
        TimeGauge.builder("landfall.config.age", live, TimeUnit.MILLISECONDS, SnapshotMetrics::ageMillis)
                .description("Since the application took this revision")
                .register(registry);
        Gauge.builder("landfall.config.hot", live, l -> l.current().id().hot())
                .description("Number of the hot revision, 0 for the version itself")
                .register(registry);
        FunctionCounter.builder("landfall.config.refused", live, LiveSnapshot::refused)
                .description("Revisions that were refused")
                .register(registry);
    }

    /** One at a time, and what is there by then: a revision may come as the meters are bound. */
    private synchronized void show(MultiGauge which) {
        Snapshot now = live.current();
        Tags tags = Tags.of(
                "app", now.id().app(),
                "revision", now.id().revision(),
                "digest", now.digest().substring(0, 12));
        which.register(List.of(MultiGauge.Row.of(tags, () -> 1)), true);
    }

    private static double ageMillis(LiveSnapshot live) {
        return Duration.between(live.since(), Instant.now()).toMillis();
    }
}
