package io.landfall.config.actuator;

import io.landfall.config.LiveSnapshot;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The snapshot in the health of an application on Spring Boot 4: up, with what was refused as a detail. */
public final class BootFourHealth implements HealthIndicator {

    private final LiveSnapshot live;

    /** Shows what one application has. */
    public BootFourHealth(LiveSnapshot live) {
        this.live = live;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(HealthDetails.of(live)).build();
    }
}
