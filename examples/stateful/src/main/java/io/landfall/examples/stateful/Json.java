package io.landfall.examples.stateful;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON: enough of it for this example. */
final class Json {

    private Json() {}

    static String text(String words) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else {
                text.append(letter < ' ' ? ' ' : letter);
            }
        }
        return text.append('"').toString();
    }

    /** Values are JSON already. */
    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> text(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
