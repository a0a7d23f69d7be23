package io.landfall.deploy.application.file;

import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Batches.Size;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads batches: {@code 2} of equal size, or {@code 1,25%,rest}, as one word or as a list. */
final class BatchesReading {

    private static final String KEY = "batches";
    private static final String REMEDY = "write how many of equal size (2), or their sizes (1,25%,rest)";
    private static final int MOST = 1000;
    private static final int ALL = 100;
    private static final Pattern NUMBER = Pattern.compile("([1-9][0-9]{0,4})(%?)");

    private BatchesReading() {}

    static Batches read(Fields environment, Complaints complaints) {
        if (!environment.has(KEY) || environment.isWord(KEY)) {
            return environment
                    .optional(KEY)
                    .flatMap(value -> value.read(BatchesReading::parse, REMEDY))
                    .orElse(equal(2));
        }
        List<String> words = environment.words(KEY).stream().map(Value::text).toList();
        try {
            return sizes(words);
        } catch (IllegalArgumentException wrong) {
            complaints.add(environment.line(KEY), environment.where(KEY), String.valueOf(wrong.getMessage()), REMEDY);
            return equal(2);
        }
    }

    /**
     * What somebody wrote.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Batches parse(String text) {
        if (!text.contains(",") && NUMBER.matcher(text).matches() && !text.endsWith("%")) {
            int count = Integer.parseInt(text);
            if (count > MOST) {
                throw new IllegalArgumentException(count + " batches are more than " + MOST);
            }
            return equal(count);
        }
        return sizes(List.of(text.split(",", -1)));
    }

    private static Batches sizes(List<String> words) {
        List<Size> sizes = new ArrayList<>();
        words.forEach(word -> sizes.add(size(word.strip())));
        int shares = sizes.stream()
                .mapToInt(size -> size instanceof Size.Percent percent ? percent.share() : 0)
                .sum();
        int rest = sizes.indexOf(new Size.Rest());
        if (rest >= 0 && rest < sizes.size() - 1) {
            throw new IllegalArgumentException("'rest' is not the last one");
        }
        if (shares > ALL || (rest < 0 && shares != ALL)) {
            throw new IllegalArgumentException(
                    shares > ALL
                            ? "they are " + shares + "% together"
                            : "they do not end with 'rest', and are not 100%");
        }
        return new Batches(sizes);
    }

    private static Size size(String word) {
        if (word.equals("rest")) {
            return new Size.Rest();
        }
        Matcher number = NUMBER.matcher(word);
        if (!number.matches()) {
            throw new IllegalArgumentException("'" + word + "' is no size");
        }
        int count = Integer.parseInt(number.group(1));
        return number.group(2).isEmpty() ? new Size.Pods(count) : new Size.Percent(count);
    }

    private static Batches equal(int count) {
        return new Batches(Collections.nCopies(count, new Size.Equal()));
    }
}
