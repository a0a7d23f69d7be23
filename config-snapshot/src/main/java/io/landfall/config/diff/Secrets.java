package io.landfall.config.diff;

import io.landfall.config.validation.KeyLine;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What must not be shown of two files: the values of secret keys, and any other value that such a value is in, as when a password is
 * written into a URL once more, or its key was given a name that nobody marks.
 */
final class Secrets {

    /** Shorter ones are in everything, and easily guessed anyway. */
    private static final int SHORTEST = 4;

    private static final Set<String> COMMON = Set.of("true", "false", "null", "none");

    private final Set<String> keys;
    private final Set<String> values = new HashSet<>();

    private Secrets(Set<String> keys) {
        this.keys = keys;
    }

    static Secrets in(Set<String> keys, List<List<KeyLine>> files) {
        Secrets secrets = new Secrets(keys);
        files.forEach(
                lines -> lines.stream().filter(k -> secrets.secret(k.key())).forEach(secrets::remember));
        return secrets;
    }

    /** Whether a secret key is this one, or one that this is below. */
    static boolean covers(String secret, String key) {
        return key.startsWith(secret)
                && (key.length() == secret.length() || ".[".indexOf(key.charAt(secret.length())) >= 0);
    }

    boolean hides(KeyLine line) {
        return secret(line.key()) || values.stream().anyMatch(line.value()::contains);
    }

    private boolean secret(String key) {
        return keys.stream().anyMatch(k -> covers(k, key));
    }

    /** Line by line too: a piece of a key is enough to look for the rest. */
    private void remember(KeyLine line) {
        remember(line.value());
        line.value().lines().forEach(this::remember);
    }

    private void remember(String value) {
        String text = value.strip();
        if (text.length() >= SHORTEST && !COMMON.contains(text.toLowerCase(Locale.ROOT))) {
            values.add(text);
        }
    }
}
