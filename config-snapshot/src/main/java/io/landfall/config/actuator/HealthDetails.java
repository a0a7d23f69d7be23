package io.landfall.config.actuator;

import io.landfall.config.LiveSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** What health says of a snapshot, on both Boots. */
final class HealthDetails {

    private HealthDetails() {}

    static Map<String, Object> of(LiveSnapshot live) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("app", live.current().id().app());
        details.put("revision", live.current().id().revision());
        details.put("since", live.since().toString());
        live.refusal().ifPresent(r -> {
            details.put("refused", r.revision());
            details.put("reason", r.reason());
        });
        return details;
    }
}
