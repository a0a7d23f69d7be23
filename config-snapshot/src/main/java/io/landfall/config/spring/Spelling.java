package io.landfall.config.spring;

import java.util.List;
import java.util.regex.Pattern;

/** Keys as Boot's binder compares them. */
final class Spelling {

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
    private static final Pattern FIRST = Pattern.compile("\\[0]");

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

    /** The lists that a key may be part of: {@code a.b} and {@code a.b[0].c} of {@code a.b[0].c[1]}. */
    static List<String> lists(String key) {
        return before(key, INDEX);
    }

    /** Those of which it is in the first element: {@code a.b}. A map with numbers for keys, which Spring writes alike, need not have one. */
    static List<String> begun(String key) {
        return before(key, FIRST);
    }

    private static List<String> before(String key, Pattern index) {
        return key.indexOf('[') < 0
                ? List.of()
                : index.matcher(key)
                        .results()
                        .map(found -> key.substring(0, found.start()))
                        .toList();
    }
}
