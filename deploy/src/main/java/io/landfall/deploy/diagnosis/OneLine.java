package io.landfall.deploy.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/** Text of somebody else's on one line of ours: bounded, without control characters, and without what looks like a secret. */
final class OneLine {

    private static final int LONGEST = 200;
    /** No expression is let loose on more than this. */
    private static final int LONGEST_READ = 4000;

    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private record Mask(Pattern secret, String shown) {
        Mask(String expression, String shown) {
            this(Pattern.compile(expression), shown);
        }
    }

    private static final List<Mask> MASKS = List.of(
            new Mask("(?i)([a-z][a-z0-9+.-]{0,30}://[^\\s/:@\"']{0,100}):[^\\s/@\"']{1,200}@", "$1:***@"),
            new Mask("(?i)\\b(bearer|basic|apollo)\\s+[a-z0-9._~+/=:-]{8,}", "$1 ***"),
            new Mask(
                    "(?i)([a-z0-9_.-]{0,40}(?:passw(?:or)?d|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential)"
                            + "[a-z0-9_.-]{0,40}[\"']?\\s{0,3}[=:]\\s{0,3})(?:\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)",
                    "$1***"),
            new Mask("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]{8,}", "***"),
            new Mask("\\b(?:AKIA|ASIA|LTAI)[A-Za-z0-9]{12,}\\b", "***"));

    private OneLine() {}

    static String of(String text) {
        return of(text, LONGEST);
    }

    static String of(String text, int longest) {
        String line = text.length() > LONGEST_READ ? text.substring(0, LONGEST_READ) : text;
        line = BLANKS.matcher(ESCAPES.matcher(line).replaceAll(""))
                .replaceAll(" ")
                .strip();
        for (Mask mask : MASKS) {
            line = mask.secret().matcher(line).replaceAll(mask.shown());
        }
        return line.length() > longest ? line.substring(0, longest - 3) + "..." : line;
    }

    static String quoted(String text) {
        return '"' + of(text).replace('"', '\'') + '"';
    }
}
