package io.landfall.config.diff;

import io.landfall.config.FileName;
import java.util.List;

/**
 * What is different in a file.
 *
 * @param name which
 * @param kind what became of it
 * @param remark what the lines do not show, for people: that secrets are masked, why there are no lines. Empty: they show all
 * @param lines a unified diff without its headers: hunks that begin with <code>@@</code>, lines with a blank, {@code -} or {@code +}
 *     before them. Without control characters but tabs
 */
public record FileDiff(FileName name, Kind kind, String remark, List<String> lines) {

    /** What became of a file. */
    public enum Kind {
        /** It was not there before. */
        ADDED,
        /** Its content, or what is secret in it, is other. */
        CHANGED,
        /** It is not there any more. */
        REMOVED
    }

    /** Copies. */
    public FileDiff {
        lines = List.copyOf(lines);
    }

    /** How many lines came. */
    public long added() {
        return lines.stream().filter(l -> l.startsWith("+")).count();
    }

    /** How many lines went. */
    public long removed() {
        return lines.stream().filter(l -> l.startsWith("-")).count();
    }
}
