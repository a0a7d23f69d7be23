package io.landfall.config.validation;

/** Reads what {@link java.util.Properties} reads, and knows the lines of it, which that does not tell. */
final class PropertiesReader {

    private static final String BLANKS = " \t\f";

    private final Findings findings;

    PropertiesReader(Findings findings) {
        this.findings = findings;
    }

    void read(String text) {
        Findings.Names names = findings.names("");
        LogicalLines lines = new LogicalLines(text);
        while (lines.next()) {
            entry(lines.text(), lines.line(), names);
        }
    }

    private void entry(String text, int line, Findings.Names names) {
        int keyEnd = keyEnd(text);
        String key = unescaped(text.substring(0, keyEnd), line);
        String value = unescaped(text.substring(valueStart(text, keyEnd)), line);
        findings.value(names.key(key, line), line, value);
        if (value.contains("-----BEGIN ") && !value.contains("-----END ")) {
            // The lines after it would be keys, and keys are shown.
            findings.problem(
                    line,
                    "the value of " + Findings.shown(key) + " is the first line of a PEM block",
                    "end each line but the last with \\n\\");
        }
    }

    private static int keyEnd(String text) {
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (!escaped && (separates(next) || blank(next))) {
                return i;
            }
            escaped = next == '\\' && !escaped;
        }
        return text.length();
    }

    private static int valueStart(String text, int keyEnd) {
        boolean separated = false;
        for (int i = keyEnd; i < text.length(); i++) {
            char next = text.charAt(i);
            if (separates(next) && !separated) {
                separated = true;
            } else if (!blank(next)) {
                return i;
            }
        }
        return text.length();
    }

    private String unescaped(String text, int line) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next != '\\') {
                plain.append(next);
            } else if (++i < text.length()) {
                next = text.charAt(i);
                if (next == 'u') {
                    plain.append(unicode(text, i + 1, line));
                    i = Math.min(i + 4, text.length());
                } else {
                    plain.append(control(next));
                }
            }
        }
        return plain.toString();
    }

    private char unicode(String text, int at, int line) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < text.length() ? hex(text.charAt(i)) : -1;
            if (digit < 0) {
                findings.problem(
                        line, "a \\u is not followed by four hexadecimal digits", "write \\\\ for a backslash");
                return '?';
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    /** Digits of other scripts are none here, as in Properties. */
    private static int hex(char digit) {
        return digit < 128 ? Character.digit(digit, 16) : -1;
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static boolean separates(char next) {
        return next == '=' || next == ':';
    }

    private static boolean blank(char next) {
        return BLANKS.indexOf(next) >= 0;
    }

    /** Lines without comments, those that end with a backslash joined with the next, exactly as Properties joins them. */
    private static final class LogicalLines {

        private final String text;
        private final StringBuilder logical = new StringBuilder();
        private int at;
        private int natural = 1;
        private int line;

        LogicalLines(String text) {
            this.text = text;
        }

        String text() {
            return logical.toString();
        }

        int line() {
            return line;
        }

        boolean next() {
            logical.setLength(0);
            while (at < text.length()) {
                skipBlanks();
                if (logical.isEmpty()) {
                    line = natural;
                    if (comment()) {
                        skipLine();
                        continue;
                    }
                }
                boolean joined = appendLine();
                newLine();
                if (joined) {
                    logical.setLength(logical.length() - 1);
                } else if (!logical.isEmpty()) {
                    return true;
                }
            }
            return !logical.isEmpty();
        }

        private boolean comment() {
            return at < text.length() && (text.charAt(at) == '#' || text.charAt(at) == '!');
        }

        private boolean endOfLine() {
            return at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
        }

        private void skipBlanks() {
            while (at < text.length() && blank(text.charAt(at))) {
                at++;
            }
        }

        private void skipLine() {
            while (at < text.length() && !endOfLine()) {
                at++;
            }
            newLine();
        }

        /** Whether what was appended ends with a backslash that joins it with the next line. */
        private boolean appendLine() {
            boolean escaped = false;
            for (; at < text.length() && !endOfLine(); at++) {
                char next = text.charAt(at);
                logical.append(next);
                escaped = next == '\\' && !escaped;
            }
            return escaped;
        }

        private void newLine() {
            if (!endOfLine()) {
                return;
            }
            boolean two = text.startsWith("\r\n", at);
            at += two ? 2 : 1;
            natural++;
        }
    }
}
