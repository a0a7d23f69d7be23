package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A probe that got no good answer.
 *
 * @param kind {@code readiness}, {@code liveness} or {@code startup}
 * @param answer in the kubelet's words
 * @param time when that was so last
 * @param count how often
 */
record ProbeEvent(String kind, String answer, Instant time, int count) {

    private static final Pattern MESSAGE =
            Pattern.compile("^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: (.*)$", Pattern.DOTALL);

    static Optional<ProbeEvent> of(Event event) {
        Matcher message = MESSAGE.matcher(event.getMessage());
        return message.matches()
                ? Optional.of(new ProbeEvent(
                        message.group(1).toLowerCase(Locale.ROOT),
                        message.group(2),
                        Times.of(event),
                        Times.count(event)))
                : Optional.empty();
    }

    /** {@code GET /readyz on port 8080 answered 503}. */
    String words(Container container) {
        @Nullable Probe probe = probe(container, kind);
        return ProbeAim.words(probe) + " " + ProbeAnswer.of(answer, probe).words();
    }

    String remedy(Container container) {
        return ProbeAnswer.of(answer, probe(container, kind)).remedy();
    }

    static @Nullable Probe probe(Container container, String kind) {
        return switch (kind) {
            case "readiness" -> container.getReadinessProbe();
            case "liveness" -> container.getLivenessProbe();
            default -> container.getStartupProbe();
        };
    }
}
