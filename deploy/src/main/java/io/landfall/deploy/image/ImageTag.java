package io.landfall.deploy.image;

import io.landfall.deploy.names.NameRule;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code feature-login-20261123-4}: the fourth build of a branch on a day.
 *
 * @param branch as a tag may have it, which is not always as Git has it
 * @param date of the build
 * @param build its number, from 0
 */
public record ImageTag(String branch, LocalDate date, int build) {

    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{8})-(0|[1-9]\\d{0,8})");
    private static final int LONGEST = 128;
    /** {@code uuuu}: with {@code yyyy} there would be no strict date. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    /**
     * Checks the three.
     *
     * @throws IllegalArgumentException if they make no tag; {@link #of} makes one of any branch
     */
    public ImageTag {
        String text = text(branch, date, build);
        if (branch.isEmpty() || build < 0 || NameRule.IMAGE_TAG.check(text).isPresent()) {
            throw new IllegalArgumentException("'" + text + "' is no tag: wanted is " + NameRule.IMAGE_TAG.rule());
        }
    }

    /**
     * The tag for a branch, as Git names it. What no tag may have becomes {@code -}, and a long name is cut; two branches can have the
     * same tag, and the commit tells them apart.
     *
     * @throws IllegalArgumentException if the number is below 0
     */
    public static ImageTag of(String branch, LocalDate date, int build) {
        int added = text("", date, build).length();
        String named = branch.matches("(?s).*[A-Za-z0-9_].*") ? branch : "branch";
        String shortened = named.length() > LONGEST - added ? named.substring(0, LONGEST - added) : named;
        String allowed = NameRule.IMAGE_TAG.corrected(shortened).replaceFirst("[.-]+$", "");
        return new ImageTag(allowed, date, build);
    }

    /** What a tag says; empty: it is not one of these. */
    public static Optional<ImageTag> parse(String tag) {
        Matcher matcher = FORM.matcher(tag);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(2), DATE);
            return Optional.of(new ImageTag(matcher.group(1), date, Integer.parseInt(matcher.group(3))));
        } catch (DateTimeException | IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /** The tag itself. */
    public String text() {
        return text(branch, date, build);
    }

    private static String text(String branch, LocalDate date, int build) {
        return branch + "-" + DATE.format(date) + "-" + build;
    }

    @Override
    public String toString() {
        return text();
    }
}
