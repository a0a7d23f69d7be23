package io.landfall.shutdown;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plain Java application says about its drain: system properties {@code landfall.*}, or the environment's
 * {@code LANDFALL_*}. Spring applications use their own properties of the same names.
 *
 * @param enabled whether a stopping JVM drains at all: {@code landfall.drain.enabled}, unset: yes
 * @param policy how long it may take: {@code landfall.drain.deadline}, {@code .quiet-period}, {@code .step-limit},
 *     {@code .close-time}, each as {@code 500ms}, {@code 30s}, {@code 2m} or ISO-8601
 * @param gracePeriod the pod's {@code terminationGracePeriodSeconds}, if its template says it:
 *     {@code landfall.drain.grace-period}
 * @param probePort where the probe sidecar listens, {@code landfall.probe.port}; empty: there is none
 * @param probeHost the address it binds, {@code landfall.probe.host}; default: all
 * @param probeToken what {@code /drain} asks of callers that are not on this host, {@code landfall.probe.token}
 */
public record DrainSettings(
        boolean enabled,
        DrainPolicy policy,
        Optional<Duration> gracePeriod,
        OptionalInt probePort,
        String probeHost,
        Optional<String> probeToken) {

    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)");

    /** Reads them from this JVM. */
    public static DrainSettings ofThisJvm() {
        return read(System.getProperties(), System.getenv());
    }

    static DrainSettings read(Properties properties, Map<String, String> environment) {
        return new Reader(properties, environment).read();
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "DrainSettings[" + policy + ", probe=" + probeHost + ":" + probePort + "]";
    }

    /** Collects every violation before it complains. */
    private static final class Reader {
        private final Properties properties;
        private final Map<String, String> environment;
        private final List<String> wrong = new ArrayList<>();

        Reader(Properties properties, Map<String, String> environment) {
            this.properties = properties;
            this.environment = environment;
        }

        DrainSettings read() {
            boolean enabled = enabled();
            Duration deadline =
                    duration("landfall.drain.deadline", DrainPolicy.STANDARD.deadline(), DrainPolicy.LONGEST);
            Duration quiet = duration("landfall.drain.quiet-period", DrainPolicy.STANDARD.quietPeriod(), Duration.ZERO);
            Duration step =
                    duration("landfall.drain.step-limit", DrainPolicy.STANDARD.stepLimit(), DrainPolicy.LONGEST);
            Duration close =
                    duration("landfall.drain.close-time", DrainPolicy.STANDARD.closeTime(), DrainPolicy.LONGEST);
            Optional<Duration> grace = text("landfall.drain.grace-period")
                    .map(value -> parse("landfall.drain.grace-period", value, DrainPolicy.LONGEST));
            OptionalInt port = port("landfall.probe.port");
            String host = text("landfall.probe.host").orElse("0.0.0.0");
            DrainPolicy policy = policy(deadline, quiet, step, close);
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", wrong));
            }
            return new DrainSettings(enabled, policy, grace, port, host, text("landfall.probe.token"));
        }

        private boolean enabled() {
            String value = text("landfall.drain.enabled").orElse("true");
            if (!value.equals("true") && !value.equals("false")) {
                wrong.add("landfall.drain.enabled is '" + value + "': use true or false");
            }
            return !value.equals("false");
        }

        private DrainPolicy policy(Duration deadline, Duration quiet, Duration step, Duration close) {
            try {
                return new DrainPolicy(deadline, quiet, step, close);
            } catch (IllegalArgumentException e) {
                wrong.add(String.valueOf(e.getMessage()));
                return DrainPolicy.STANDARD;
            }
        }

        private Optional<String> text(String name) {
            String variable = name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
            return Optional.ofNullable(properties.getProperty(name, environment.get(variable)))
                    .map(String::trim)
                    .filter(value -> !value.isEmpty());
        }

        /** What cannot be read is complained of once; {@code harmless} keeps the policy from complaining of it again. */
        private Duration duration(String name, Duration unset, Duration harmless) {
            return text(name).map(value -> parse(name, value, harmless)).orElse(unset);
        }

        private Duration parse(String name, String value, Duration harmless) {
            Matcher simple = SIMPLE.matcher(value);
            if (simple.matches()) {
                return simple(Long.parseLong(simple.group(1)), simple.group(2));
            }
            try {
                return Duration.parse(value);
            } catch (DateTimeParseException e) {
                wrong.add(name + " is '" + value + "', which is no time: write it as 500ms, 30s, 2m or PT30S");
                return harmless;
            }
        }

        private static Duration simple(long amount, String unit) {
            return switch (unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }

        private OptionalInt port(String name) {
            Optional<String> value = text(name);
            if (value.isEmpty()) {
                return OptionalInt.empty();
            }
            try {
                int port = Integer.parseInt(value.get());
                if (port >= 0 && port <= 65535) {
                    return OptionalInt.of(port);
                }
            } catch (NumberFormatException e) {
                // Said below, together with numbers out of range.
            }
            wrong.add(name + " is '" + value.get() + "', which is no port: use a number from 0 to 65535");
            return OptionalInt.empty();
        }
    }
}
