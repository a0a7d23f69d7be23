package io.landfall.examples.load;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Command-line arguments of the form {@code --key value}; a key that nobody asked for is an error, not a surprise. */
public final class Arguments {

    private final TreeMap<String, String> values = new TreeMap<>();

    private Arguments() {}

    /**
     * Reads pairs of key and value.
     *
     * @throws IllegalArgumentException if a key has no value
     */
    public static Arguments parse(String... args) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("expected --key value, found: " + args[i]);
            }
            parsed.values.put(args[i].substring(2), args[i + 1]);
        }
        return parsed;
    }

    /** Takes a value that must be there. */
    public String required(String key) {
        @Nullable String value = values.remove(key);
        if (value == null) {
            throw new IllegalArgumentException("--" + key + " is missing");
        }
        return value;
    }

    /** Takes a value, or the default. */
    public String optional(String key, String otherwise) {
        @Nullable String value = values.remove(key);
        return value == null ? otherwise : value;
    }

    /** Takes a whole number, or the default. */
    public int number(String key, int otherwise) {
        try {
            return Integer.parseInt(optional(key, String.valueOf(otherwise)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("--" + key + " must be a whole number", notANumber);
        }
    }

    /** Takes a decimal number, or the default. */
    public double fraction(String key, double otherwise) {
        try {
            return Double.parseDouble(optional(key, String.valueOf(otherwise)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("--" + key + " must be a number", notANumber);
        }
    }

    /** To be called when all has been taken. */
    public void requireNoOthers() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + Map.copyOf(values));
        }
    }
}
