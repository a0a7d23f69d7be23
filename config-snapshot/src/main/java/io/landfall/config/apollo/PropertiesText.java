package io.landfall.config.apollo;

import java.util.Map;
import java.util.regex.Pattern;

/** Keys and values as {@link java.util.Properties} reads them from UTF-8, each with its comment above it. */
final class PropertiesText {

    /** Also what some viewers take for the end of a line. */
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\f\\u000B\\u0085\\u2028\\u2029]");

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}\\uFEFF]");

    private PropertiesText() {}

    /** In the order of the values. */
    static String of(Map<String, String> values, Map<String, String> comments) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> {
            comment(text, comments.getOrDefault(key, ""));
            escape(text, key, true);
            text.append('=');
            escape(text, value, false);
            text.append('\n');
        });
        return text.toString();
    }

    /** Every line of it gets its own mark, so none can be read as a key. */
    private static void comment(StringBuilder text, String comment) {
        if (!comment.isBlank()) {
            LINE_END.splitAsStream(comment.strip())
                    .map(line -> UNFIT.matcher(line).replaceAll(" ").stripTrailing())
                    .forEach(line -> text.append(line.isEmpty() ? "#" : "# ")
                            .append(line)
                            .append('\n'));
        }
    }

    private static void escape(StringBuilder text, String raw, boolean key) {
        for (int at = 0; at < raw.length(); at++) {
            char next = raw.charAt(at);
            switch (next) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                case ' ' -> text.append(key || at == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> text.append(key ? "\\" : "").append(next);
                default -> append(text, next, unfit(raw, at));
            }
        }
    }

    private static void append(StringBuilder text, char next, boolean unfit) {
        if (unfit) {
            text.append(String.format("\\u%04X", (int) next));
        } else {
            text.append(next);
        }
    }

    /** What UTF-8 has no bytes for, what is taken for a mark of the byte order, and what cannot be seen. */
    private static boolean unfit(String raw, int at) {
        char next = raw.charAt(at);
        boolean half = Character.isHighSurrogate(next)
                ? at + 1 == raw.length() || !Character.isLowSurrogate(raw.charAt(at + 1))
                : Character.isLowSurrogate(next) && (at == 0 || !Character.isHighSurrogate(raw.charAt(at - 1)));
        return half || Character.isISOControl(next) || next == '\uFEFF' || next == '\u2028' || next == '\u2029';
    }
}
