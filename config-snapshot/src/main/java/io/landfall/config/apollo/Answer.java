package io.landfall.config.apollo;

import io.landfall.config.Violation;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a server said. Its body is never shown: it has configuration in it. */
final class Answer {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int REFUSED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    /** Apollo accepts a minute; half of it is worth to be said. */
    private static final Duration SKEWED = Duration.ofSeconds(30);

    private final HttpResponse<byte[]> response;

    Answer(HttpResponse<byte[]> response) {
        this.response = response;
    }

    boolean good() {
        return status() == OK;
    }

    boolean unchanged() {
        return status() == NOT_MODIFIED;
    }

    boolean missing() {
        return status() == MISSING;
    }

    /** Whether the same request may be answered later. */
    boolean temporary() {
        return status() == 408 || status() == 429 || status() >= 500;
    }

    int status() {
        return response.statusCode();
    }

    /** Not copied. */
    byte[] body() {
        return response.body();
    }

    /**
     * Why there is no body to be used.
     *
     * @param advice what helps if the credentials are not accepted
     */
    Violation refusal(String place, String advice) {
        return switch (status()) {
            case REFUSED, FORBIDDEN -> new Violation(place, "the server answered " + status(), advice);
            case NOT_MODIFIED ->
                new Violation(
                        place,
                        "the server answered 304 to a request that asked for everything",
                        "ask the config service itself: something in between keeps answers");
            case 301, 302, 303, 307, 308 ->
                new Violation(place, "the server answered " + status() + ": it is somewhere else", "give that URL");
            default ->
                new Violation(
                        place,
                        "the server answered " + status(),
                        "look whether the URL is that of Apollo, and at its log");
        };
    }

    /** The same for a request that was signed: clocks that differ are refused like a wrong key. */
    Violation refusal(String place, String advice, Clock clock) {
        Optional<Duration> skew = status() == REFUSED ? skew(clock) : Optional.empty();
        return skew.map(s -> new Violation(
                        place,
                        "the server answered 401, and its clock is " + shown(s),
                        "set the clocks, Apollo accepts a minute; if they are right, " + advice))
                .orElseGet(() -> refusal(place, advice));
    }

    /** How far the server's clock is ahead of ours; empty if that does not matter, or is not said. */
    private Optional<Duration> skew(Clock clock) {
        return date().map(date -> Duration.between(clock.instant(), date))
                .filter(skew -> skew.abs().compareTo(SKEWED) >= 0);
    }

    private static String shown(Duration skew) {
        return skew.abs().toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of") + " ours";
    }

    private Optional<Instant> date() {
        try {
            return response.headers()
                    .firstValue("Date")
                    .map(d -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(d, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
