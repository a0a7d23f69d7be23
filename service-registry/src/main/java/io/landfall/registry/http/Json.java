package io.landfall.registry.http;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON. Nothing here reads any, so that a process that only registers needs no library for it. */
final class Json {

    private Json() {}

    /** An object; its values are strings, numbers, booleans, or such objects. */
    static String of(Map<?, ?> object) {
        return object.entrySet().stream()
                .map(field -> quoted(String.valueOf(field.getKey())) + ":" + value(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof Map<?, ?> fields ? of(fields) : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
