package io.landfall.shutdown;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/**
 * A drain as metrics: {@code landfall.readiness} (1 or 0), {@code landfall.inflight} by {@code kind},
 * {@code landfall.drain.duration} by {@code phase}, {@code landfall.drain.cut}.
 */
public final class DrainMetrics implements MeterBinder {

    private final Drain drain;

    /** Shows one drain. */
    public DrainMetrics(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("landfall.readiness", drain, d -> d.readiness().ready() ? 1 : 0)
                .description("1 while new calls may be sent here")
                .register(registry);
        drain.onEveryKind(calls -> Gauge.builder("landfall.inflight", calls, InFlight::count)
                .description("Calls running now")
                .tag("kind", calls.kind())
                .register(registry));
        Gauge.builder("landfall.drain.cut", drain, d -> d.report()
                        .map(r -> r.cut().size())
                        .orElse(0))
                .description("Calls that the drain's deadline cut")
                .register(registry);
        for (DrainPhase phase : DrainPhase.values()) {
            if (phase != DrainPhase.SERVING) {
                TimeGauge.builder("landfall.drain.duration", drain, TimeUnit.MILLISECONDS, d -> millisTo(d, phase))
                        .description("How long the drain took to reach a phase, from the one before")
                        .tag("phase", phase.name().toLowerCase(java.util.Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private static double millisTo(Drain drain, DrainPhase phase) {
        return drain.report().stream()
                .flatMap(report -> report.phases().stream())
                .filter(reached -> reached.phase() == phase)
                .mapToDouble(reached -> reached.after().toMillis())
                .findFirst()
                .orElse(Double.NaN);
    }
}
