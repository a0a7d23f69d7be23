package io.landfall.examples.quickstart.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How the old pods ended.
 *
 * @param drainSeconds pod to the seconds from SIGTERM to the end of its process
 * @param killed pods that were still there when their grace period was over
 */
public record Drains(Map<String, Double> drainSeconds, List<String> killed) {

    /** The slowest pod's. */
    @JsonProperty
    public double maxDrainSeconds() {
        return drainSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
