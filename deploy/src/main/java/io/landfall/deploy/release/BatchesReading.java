package io.landfall.deploy.release;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Batches.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From {@code 1,25%,rest} to sizes, or to all that is wrong with it. */
final class BatchesReading {

    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,9})(%?)");
    private static final int MOST_BATCHES = 1000;
    private static final int ALL = 100;
    private static final String EXAMPLES = "write 2, 25% or 1,25%,rest";

    private final String written;
    private final List<Size> sizes = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    BatchesReading(String written) {
        this.written = written.strip();
    }

    Batches read() {
        String[] items = written.split(",", -1);
        for (int at = 0; at < items.length; at++) {
            String item = items[at].strip();
            boolean last = at == items.length - 1;
            size(item, last).ifPresent(sizes::add);
        }
        checkSum();
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
        return items.length == 1 && sizes.get(0) instanceof Size.Pods number
                ? equal(number.count())
                : new Batches(sizes);
    }

    private Optional<Size> size(String item, boolean last) {
        if ("rest".equals(item)) {
            return rest(last);
        }
        Matcher number = NUMBER.matcher(item);
        if (!number.matches()) {
            return refuse(item.isEmpty() ? "a size is empty" : "\"" + item + "\" is no size", EXAMPLES);
        }
        int count = Integer.parseInt(number.group(1));
        return number.group(2).isEmpty() ? pods(item, count) : percent(item, count);
    }

    private Optional<Size> rest(boolean last) {
        return last
                ? Optional.of(new Size.Rest())
                : refuse("\"rest\" is not the last size", "nothing is left after it: leave out what follows");
    }

    private Optional<Size> pods(String item, int count) {
        if (count < 1) {
            return refuse("\"" + item + "\" is less than 1", "a batch has at least one pod: " + EXAMPLES);
        }
        if (written.equals(item) && count > MOST_BATCHES) {
            return refuse(
                    "\"" + item + "\" batches are more than " + MOST_BATCHES,
                    "write fewer, or sizes: " + item + ",rest is one batch of " + item + " pods");
        }
        return Optional.of(new Size.Pods(count));
    }

    private Optional<Size> percent(String item, int share) {
        return share < 1 || share > ALL
                ? refuse("\"" + item + "\" is not from 1% to 100%", EXAMPLES)
                : Optional.of(new Size.Percent(share));
    }

    private void checkSum() {
        int sum = sizes.stream()
                .mapToInt(size -> size instanceof Size.Percent percent ? percent.share() : 0)
                .sum();
        if (sum > ALL && violations.isEmpty()) {
            refuse("the percentages are " + sum + "% together", "make them at most 100%");
        }
    }

    private static Batches equal(int count) {
        return new Batches(Collections.nCopies(count, new Size.Equal()));
    }

    private Optional<Size> refuse(String problem, String remedy) {
        violations.add(new Violation("batches " + (written.isEmpty() ? "(empty)" : written), problem, remedy));
        return Optional.empty();
    }
}
