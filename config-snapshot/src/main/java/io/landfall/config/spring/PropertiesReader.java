package io.landfall.config.spring;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads properties as the JDK does. Most files have no backslash in them, and so a property in each line: where nothing is warm, they
 * are read in a third of the time that the JDK takes for each character by itself.
 */
final class PropertiesReader {

    /** What only Boot's own loader knows: separators of documents, and {@code key[]}. No pattern, which takes longer than reading. */
    private static final List<String> BOOTS_OWN = List.of("#---", "!---", "[]");

    private static final int USUAL_LINE = 32;

    private final String text;
    private final Map<String, Object> values;

    private PropertiesReader(String text) {
        this.text = text;
        // In the order of the file, in which Boot binds maps.
        this.values = new LinkedHashMap<>(text.length() / USUAL_LINE + 16);
    }

    /**
     * All properties of a text.
     *
     * @return null: it has what only Boot's own loader knows
     * @throws IllegalArgumentException if it has a broken escape
     */
    static @Nullable Map<String, Object> read(String text) throws IOException {
        if (text.indexOf('\\') < 0) {
            PropertiesReader reader = new PropertiesReader(unixLines(text));
            return reader.readLines() ? reader.values : null;
        }
        if (BOOTS_OWN.stream().anyMatch(text::contains)) {
            return null;
        }
        PropertiesReader reader = new PropertiesReader(text);
        new Into(reader.values).load(new StringReader(text));
        return reader.values;
    }

    private static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private boolean readLines() {
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            if (!readLine(blanksAfter(start, end), end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** False: it is Boot's own. */
    private boolean readLine(int start, int end) {
        if (start == end) {
            return true;
        }
        char first = text.charAt(start);
        if (first == '#' || first == '!') {
            return !text.startsWith("---", start + 1);
        }
        int keyEnd = start;
        while (keyEnd < end && !endsKey(text.charAt(keyEnd))) {
            keyEnd++;
        }
        int value = blanksAfter(keyEnd, end);
        if (value < end && separates(text.charAt(value))) {
            value = blanksAfter(value + 1, end);
        }
        String key = text.substring(start, keyEnd);
        values.put(key, text.substring(value, end));
        return !key.endsWith("[]");
    }

    private int blanksAfter(int from, int end) {
        int at = from;
        while (at < end && blank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean endsKey(char next) {
        return separates(next) || blank(next);
    }

    private static boolean separates(char next) {
        return next == '=' || next == ':';
    }

    private static boolean blank(char next) {
        return next == ' ' || next == '\t' || next == '\f';
    }

    /** The JDK's reader, without the JDK's concurrent map. */
    private static final class Into extends Properties {

        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> values;

        Into(Map<String, Object> values) {
            super(0);
            this.values = values;
        }

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            return values.put((String) key, value);
        }
    }
}
