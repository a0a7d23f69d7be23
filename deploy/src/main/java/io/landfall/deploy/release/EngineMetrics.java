package io.landfall.deploy.release;

import io.landfall.deploy.release.Look.Looked;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;

/**
 * {@code landfall.release.running} orders, {@code landfall.release.writes} by {@code result} (done, stale, failed), and
 * {@code landfall.release.ended} by {@code result}.
 */
final class EngineMetrics {

    private final MeterRegistry registry;

    EngineMetrics(MeterRegistry registry, Map<?, ?> running) {
        this.registry = registry;
        registry.gaugeMapSize("landfall.release.running", Tags.empty(), running);
    }

    void looked(Looked looked) {
        looked.written().ifPresent(written -> {
            count("landfall.release.writes", written.name());
            if (looked.decision() instanceof Decision.Conclude conclude && written == ReleaseCluster.Written.DONE) {
                count("landfall.release.ended", conclude.outcome().result().name());
            }
        });
    }

    void failed() {
        count("landfall.release.writes", "failed");
    }

    private void count(String name, String result) {
        registry.counter(name, "result", result.toLowerCase(Locale.ROOT)).increment();
    }
}
