package io.landfall.examples.quickstart;

import java.util.Optional;

/** One of the {@code -Dquickstart.*}; Maven hands on an empty one where nobody has said it. */
final class Setting {

    private Setting() {}

    static Optional<String> text(String key) {
        return Optional.of(System.getProperty(key, "").trim()).filter(text -> !text.isEmpty());
    }

    /** @throws IllegalArgumentException if it is no number */
    static int number(String key, int otherwise) {
        return text(key).map(text -> number(key, text)).orElse(otherwise);
    }

    private static int number(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("-D" + key + "=" + text + " is no number", wrong);
        }
    }
}
