package io.landfall.e2e.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pod said about its drain.
 *
 * @param cause what triggered it
 * @param totalMillis from the trigger to the end of Dubbo's own shutdown
 * @param cut calls that were cut at the deadline
 * @param forced whether the deadline came first
 * @param cutCalls what the report says about each call that was cut
 */
public record DrainLog(String cause, long totalMillis, int cut, boolean forced, List<String> cutCalls) {

    private static final Pattern STRUCTURED =
            Pattern.compile("drain cause=(\"[^\"]*\"|\\S+) totalMillis=(\\d+) .*?cut=(\\d+) forced=(true|false)");
    private static final Pattern CUT = Pattern.compile("^\\s+CUT (.*)$");

    /** The drain in a pod's log; empty if there is none. */
    public static Optional<DrainLog> in(Path log) {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try {
            return in(Files.readAllLines(log));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Optional<DrainLog> in(List<String> lines) {
        List<String> cutCalls = lines.stream()
                .map(CUT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        return lines.stream()
                .map(STRUCTURED::matcher)
                .filter(Matcher::find)
                .map(drain -> new DrainLog(
                        drain.group(1).replace("\"", ""),
                        Long.parseLong(drain.group(2)),
                        Integer.parseInt(drain.group(3)),
                        Boolean.parseBoolean(drain.group(4)),
                        cutCalls))
                .findFirst();
    }
}
