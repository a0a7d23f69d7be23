package io.landfall.deploy.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
public final class Nearest {

    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /**
     * The word that is at most two edits away, and less than half of itself.
     *
     * @param text what was written
     * @param words those that are known
     */
    public static Optional<String> to(String text, Collection<String> words) {
        String written = plain(text);
        return words.stream()
                .filter(word -> isNear(written, plain(word)))
                .min(Comparator.<String>comparingInt(word -> edits(written, plain(word)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String text, String word) {
        int edits = edits(text, word);
        return edits <= MOST_EDITS && 2 * edits < word.length();
    }

    /** Nobody remembers dashes and capitals. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** How many characters are to be put in, left out or changed (Levenshtein). */
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
