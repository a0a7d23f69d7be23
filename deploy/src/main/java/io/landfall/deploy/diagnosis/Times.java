package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kubernetes' points in time, and lengths of time for people. */
final class Times {

    private static final long SECONDS_SHOWN = 120;
    private static final long MINUTES_SHOWN = 120;

    private Times() {}

    static Optional<Instant> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** When it was seen last. The scheduler's events have a time of their own and none of the older fields. */
    static Instant of(Event event) {
        return Stream.<@Nullable String>of(
                        event.getLastTimestamp(),
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp(),
                        event.getMetadata() == null ? null : event.getMetadata().getCreationTimestamp())
                .flatMap(text -> parse(text).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /** How often it was seen. */
    static int count(Event event) {
        if (event.getCount() != null) {
            return event.getCount();
        }
        return event.getSeries() == null || event.getSeries().getCount() == null
                ? 1
                : event.getSeries().getCount();
    }

    static String shown(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < SECONDS_SHOWN) {
            return seconds + " s";
        }
        return time.toMinutes() < MINUTES_SHOWN ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
