package io.landfall.config.validation;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SnakeYAML's complaints without what it quotes of the file: a password without quotes may be an alias, a tag or a character to it. */
final class YamlProblems {

    private static final Map<String, String> BY_BEGINNING = new TreeMap<>(Map.ofEntries(
            Map.entry("could not find expected ':'", "there is no ':' after a key"),
            Map.entry("mapping values are not allowed here", "there is a ':' where none belongs"),
            Map.entry("sequence entries are not allowed here", "there is a '-' where none belongs"),
            Map.entry("expected <block end>", "a line is indented unlike those it belongs to"),
            Map.entry("expected ',' or '", "there is no ',' in a list or map in brackets"),
            Map.entry("expected the node content", "there is no value where one belongs"),
            Map.entry("expected '<document start>'", "something follows the document without a '---'"),
            Map.entry("found undefined alias", "a '*' names no anchor"),
            Map.entry("found unexpected end of stream", "a quote or bracket is not closed"),
            Map.entry("found unexpected document separator", "a quote is not closed"),
            Map.entry("found unknown escape character", "there is a backslash in double quotes that escapes nothing"),
            Map.entry("found character '\\t", "a tab indents it"),
            Map.entry("found character", "a value begins with a character that needs quotes"),
            Map.entry("number of aliases", "it uses anchors of maps or lists more than 50 times"),
            Map.entry("nesting depth exceeded", "it nests more than 50 levels")));

    private YamlProblems() {}

    static String shown(@Nullable String problem) {
        String text = problem == null ? "" : problem.toLowerCase(Locale.ROOT);
        return BY_BEGINNING.entrySet().stream()
                .filter(e -> text.startsWith(e.getKey()))
                // The longest beginning is the last of those that match.
                .reduce((one, other) -> other)
                .map(Map.Entry::getValue)
                .orElse("it is no YAML here");
    }
}
