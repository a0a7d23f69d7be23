package io.landfall.deploy.cat;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML as CAT's documentation shows it: three blanks for each level, attributes in the order in which they are given. */
final class Xml {

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** An element that others go into. Attributes are names and values in turn. */
    Xml begin(String name, String... attributes) {
        tag(name, attributes).append(">\n");
        open.push(name);
        return this;
    }

    Xml end() {
        String name = open.pop();
        indent().append("</").append(name).append(">\n");
        return this;
    }

    /** An element without any. */
    Xml leaf(String name, String... attributes) {
        tag(name, attributes).append("/>\n");
        return this;
    }

    /** An element with words. */
    Xml words(String name, String words) {
        indent().append('<')
                .append(name)
                .append('>')
                .append(escaped(words))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    /** One of the pairs that CAT keeps most of its settings in. */
    Xml property(String name, Object value) {
        return leaf("property", "name", name, "value", String.valueOf(value));
    }

    private StringBuilder tag(String name, String... attributes) {
        indent().append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return text;
    }

    private StringBuilder indent() {
        return text.append("   ".repeat(open.size()));
    }

    private static String escaped(String words) {
        if (words.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("XML cannot carry control characters");
        }
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
