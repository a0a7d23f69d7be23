package io.landfall.config.diff;

import java.util.regex.Pattern;

/** Text on one line that no terminal takes for a command. */
final class Printable {

    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069&&[^\\t]]");

    private Printable() {}

    static String of(String text) {
        return CONTROL.matcher(text).replaceAll(match -> {
            char control = match.group().charAt(0);
            return control == '\n' ? "\\\\n" : String.format("\\\\u%04X", (int) control);
        });
    }
}
