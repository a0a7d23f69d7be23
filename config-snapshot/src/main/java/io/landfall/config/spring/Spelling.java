package io.landfall.config.spring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys as Boot's binder compares them. */
final class Spelling {

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

    private Spelling() {}

    /** {@code my.pool-size}, {@code my.poolSize} and {@code my.pool_size} are one; what is in brackets is as it is. */
    static String uniform(String key) {
        StringBuilder uniform = new StringBuilder(key.length());
        int depth = 0;
        for (int i = 0; i < key.length(); i++) {
            char next = key.charAt(i);
            depth += next == '[' ? 1 : next == ']' ? -1 : 0;
            if (depth > 0) {
                uniform.append(next);
            } else if (next != '-' && next != '_') {
                uniform.append(Character.toLowerCase(next));
            }
        }
        return uniform.toString();
    }

    /** The list that a key is part of: {@code a.b} of {@code a.b[0].c[1]}; null: of none. */
    static @Nullable String list(String key) {
        if (key.indexOf('[') < 0) {
            return null;
        }
        Matcher index = INDEX.matcher(key);
        return index.find() ? key.substring(0, index.start()) : null;
    }
}
