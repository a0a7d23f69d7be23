package io.landfall.deploy.yaml;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values are written. Each throws an {@link IllegalArgumentException} that says what is wrong. */
public final class Formats {

    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern PATH = Pattern.compile("/[^\\s$]*");
    private static final Pattern HDFS = Pattern.compile("hdfs://[A-Za-z0-9.:_/-]+");
    private static final Pattern JDBC = Pattern.compile("jdbc:[a-z]+:[\\x21-\\x7e]+");

    /** In seconds it is an int of Kubernetes'. */
    private static final Duration LONGEST_DURATION = Duration.ofDays(3650);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Formats() {}

    /** An image, with or without tag. */
    public static String image(String text) {
        return matching(IMAGE, text, "no image");
    }

    /** A quantity of Kubernetes. */
    public static String quantity(String text) {
        return matching(QUANTITY, text, "no quantity such as 100Gi or 500m");
    }

    /** The name of a variable that a shell can set. */
    public static String variable(String text) {
        return matching(VARIABLE, text, "no name of a variable: letters, digits and _");
    }

    /** An absolute path. */
    public static String path(String text) {
        return matching(PATH, text, "no path: it begins with /");
    }

    /** A place in HDFS. */
    public static String hdfs(String text) {
        return matching(HDFS, text, "no URI such as hdfs://10.1.77.86/user/cat");
    }

    /** A database. */
    public static String jdbc(String text) {
        return matching(JDBC, text, "no URL such as jdbc:mysql://mysql:3306/cat");
    }

    /** A number that is not negative. */
    public static int number(String text) {
        return Integer.parseInt(matching(NUMBER, text, "no number from 0 to 99999"));
    }

    /** A port. */
    public static int port(String text) {
        int port = number(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + text + "' is no port: those are from 1 to " + HIGHEST_PORT);
        }
        return port;
    }

    /** true or false. */
    public static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    /** One of an enum's words, written in lower case, with - for _. */
    public static <E extends Enum<E>> E word(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (written(constant).equals(text)) {
                return constant;
            }
        }
        String near = Nearest.to(
                        text,
                        Arrays.stream(type.getEnumConstants())
                                .map(Formats::written)
                                .toList())
                .map(word -> ": did you mean " + word + "?")
                .orElse("");
        throw new IllegalArgumentException("'" + text + "' is unknown" + near);
    }

    /** Those words, for people. */
    public static <E extends Enum<E>> String words(Class<E> type) {
        StringBuilder words = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            words.append(words.isEmpty() ? "" : ", ").append(written(constant));
        }
        return words.toString();
    }

    /** A word of an enum as files have it. */
    public static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A time: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or as ISO 8601 writes it. */
    public static Duration duration(String text) {
        Duration duration = parsed(text);
        if (duration.compareTo(LONGEST_DURATION) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than ten years");
        }
        return duration;
    }

    private static Duration parsed(String text) {
        Matcher written = DURATION.matcher(text);
        try {
            if (written.matches()) {
                return Duration.of(
                        Long.parseLong(written.group(1)), UNITS.getOrDefault(written.group(2), ChronoUnit.SECONDS));
            }
            if (text.startsWith("P") && !Duration.parse(text).isNegative()) {
                return Duration.parse(text);
            }
        } catch (DateTimeException | ArithmeticException none) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is no time such as 30s or 5m");
    }

    private static String matching(Pattern pattern, String text, String wrong) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is " + wrong);
        }
        return text;
    }
}
