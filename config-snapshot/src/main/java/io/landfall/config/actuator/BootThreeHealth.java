package io.landfall.config.actuator;

import io.landfall.config.LiveSnapshot;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The snapshot in the health of an application on Spring Boot 3: up, with what was refused as a detail. */
public final class BootThreeHealth implements HealthIndicator {

    private final LiveSnapshot live;

    /** Shows what one application has. */
    public BootThreeHealth(LiveSnapshot live) {
        this.live = live;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(HealthDetails.of(live)).build();
    }
}
