package io.landfall.deploy.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name of so many characters of one alphabet, with further traits. */
final class Form implements NameForm {

    /** What is asked beside the alphabet. */
    enum Trait {
        /** A suggestion has no capitals. */
        LOWER_CASE,
        /** The first and the last character are letters or digits. */
        ROUND_ENDS,
        /** So are those of each part between dots. */
        ROUND_PARTS,
        LETTER_FIRST,
        NO_DIGIT_FIRST,
        NO_TWO_DOTS_FIRST,
        /** A letter, a digit or an underscore is first. */
        WORD_FIRST,
        SINGLE_DASHES,
        HAS_A_LETTER,
        EMPTY_ALLOWED
    }

    private static final String NOTHING_LEFT = "app";
    private static final int SHOWN = 5;

    private final Pattern foreign;
    private final boolean underscores;
    private final int longest;
    private final Set<Trait> traits;

    private Form(String alphabet, int longest, Set<Trait> traits) {
        this.foreign = Pattern.compile("[^" + alphabet + "]");
        this.underscores = traits.contains(Trait.NO_DIGIT_FIRST);
        this.longest = longest;
        this.traits = traits;
    }

    static Form of(String alphabet, int longest, Trait... traits) {
        return new Form(
                alphabet,
                longest,
                Arrays.stream(traits).collect(Collectors.toCollection(() -> EnumSet.noneOf(Trait.class))));
    }

    @Override
    public List<String> problems(String name) {
        List<String> problems = new ArrayList<>();
        if (name.isEmpty()) {
            return has(Trait.EMPTY_ALLOWED) ? List.of() : List.of("is empty");
        }
        if (name.length() > longest) {
            problems.add("has " + name.length() + " characters of at most " + longest);
        }
        foreignIn(name, problems);
        edges(name, problems);
        if (has(Trait.SINGLE_DASHES) && name.contains("--")) {
            problems.add("has two - in a row");
        }
        if (has(Trait.HAS_A_LETTER) && !name.matches("(?s).*[A-Za-z].*")) {
            problems.add("has no letter");
        }
        return problems;
    }

    private void foreignIn(String name, List<String> problems) {
        List<String> characters = foreign.matcher(name)
                .results()
                .map(found -> "'" + printable(found.group()) + "'")
                .distinct()
                .limit(SHOWN)
                .toList();
        if (!characters.isEmpty()) {
            problems.add("has " + String.join(", ", characters));
        }
    }

    /** Nothing of a name moves a terminal's cursor. */
    private static String printable(String character) {
        return character.codePoints().anyMatch(Character::isISOControl)
                ? String.format("\\u%04x", character.codePointAt(0))
                : character;
    }

    private void edges(String name, List<String> problems) {
        char first = name.charAt(0);
        char last = name.charAt(name.length() - 1);
        boolean round = has(Trait.ROUND_ENDS) || has(Trait.ROUND_PARTS);
        boolean badFirst = (round && isMark(first))
                || (has(Trait.LETTER_FIRST) && !Character.isLetter(first))
                || (has(Trait.NO_DIGIT_FIRST) && Character.isDigit(first))
                || (has(Trait.WORD_FIRST) && (first == '.' || first == '-'));
        if (badFirst) {
            problems.add("begins with '" + first + "'");
        }
        if (round && isMark(last)) {
            problems.add("ends with '" + last + "'");
        }
        if (has(Trait.ROUND_PARTS) && name.matches("(?s).+([-.]\\.|\\.-).+")) {
            problems.add("has a part between dots that is empty, or begins or ends with '-'");
        }
        if (has(Trait.NO_TWO_DOTS_FIRST) && (name.startsWith("..") || name.equals("."))) {
            problems.add("is a path of its own");
        }
    }

    @Override
    public String corrected(String name, int reserved) {
        if (problems(name).isEmpty() && name.length() <= longest - reserved) {
            return name;
        }
        String text = has(Trait.LOWER_CASE) ? name.toLowerCase(Locale.ROOT) : name;
        text = foreign.matcher(text).replaceAll(underscores ? "_" : "-").replaceAll("-{2,}", "-");
        int length = Math.max(1, longest - reserved);
        // What is cut may have been the only letter.
        text = cut(rounded(first(cut(rounded(text), length))), length);
        return text.isEmpty() ? NOTHING_LEFT : text;
    }

    private String first(String text) {
        String begun = text.replaceFirst("^\\.\\.+", ".").replaceFirst("^\\.$", "");
        if (has(Trait.WORD_FIRST)) {
            return begun.replaceFirst("^[.-]+", "");
        }
        if (has(Trait.NO_DIGIT_FIRST)) {
            return begun.replaceFirst("^(?=\\d)", "_");
        }
        begun = round() ? begun.replaceFirst("^[^A-Za-z0-9]+", "") : begun;
        if (has(Trait.HAS_A_LETTER) && begun.matches("[^a-z]+")) {
            return "port-" + begun;
        }
        return has(Trait.LETTER_FIRST) && begun.matches("(?s)\\d.*") ? NOTHING_LEFT + "-" + begun : begun;
    }

    private boolean round() {
        return has(Trait.ROUND_ENDS) || has(Trait.ROUND_PARTS);
    }

    private String rounded(String text) {
        String parts = has(Trait.ROUND_PARTS) ? text.replaceAll("[-.]*\\.[-.]*", ".") : text;
        return round() ? parts.replaceFirst("^[^A-Za-z0-9]+", "").replaceFirst("[^A-Za-z0-9]+$", "") : parts;
    }

    private String cut(String text, int length) {
        return text.length() <= length ? text : rounded(text.substring(0, length));
    }

    private boolean has(Trait trait) {
        return traits.contains(trait);
    }

    private static boolean isMark(char character) {
        return character == '-' || character == '.' || character == '_';
    }
}
