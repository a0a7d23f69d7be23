package io.landfall.config;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which snapshot: an application, a version of it, and the hot revision of that version.
 *
 * <p>Both names become parts of the names of Kubernetes' objects (RFC 1123, in lower case), in which {@code --} separates what
 * Landfall adds; so neither may have two separators in a row.
 *
 * @param app 63 characters at most: {@code a-z}, {@code 0-9}, single {@code -} within
 * @param version 50 characters at most: {@code a-z}, {@code 0-9}, single {@code -} or {@code .} within; it does not end like a hot
 *     revision ({@code .h3}), and has no {@code config-} after a dash or at its beginning: stored objects have that before the
 *     version
 * @param hot the number of the hot revision, from 1; 0 for the version itself
 */
public record SnapshotId(String app, String version, int hot) implements Comparable<SnapshotId> {

    private static final int LONGEST_APP = 63;
    private static final int LONGEST_VERSION = 50;
    private static final int HIGHEST_HOT = 999_999;

    private static final Pattern APP = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Pattern HOT = Pattern.compile("(.+)\\.h([1-9][0-9]{0,5})");
    private static final Pattern LIKE_HOT = Pattern.compile(".+\\.h[0-9]+");
    private static final Pattern LIKE_AN_OBJECT = Pattern.compile("(.+-)?config-.+");

    private static final Comparator<SnapshotId> ORDER = Comparator.comparing(SnapshotId::app)
            .thenComparing(SnapshotId::version)
            .thenComparingInt(SnapshotId::hot);

    /**
     * Checks the three.
     *
     * @throws IllegalArgumentException saying what is wrong with which of them
     */
    public SnapshotId {
        if (app.length() > LONGEST_APP || !APP.matcher(app).matches()) {
            throw new IllegalArgumentException("'" + app + "' is no name of an application: write up to " + LONGEST_APP
                    + " of a-z and 0-9, with single dashes within");
        }
        if (version.length() > LONGEST_VERSION || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("'" + version + "' is no version: write up to " + LONGEST_VERSION
                    + " of a-z and 0-9, with single dots or dashes within");
        }
        if (LIKE_HOT.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "'" + version + "' ends like a hot revision: name the version, Landfall numbers its hot revisions");
        }
        if (LIKE_AN_OBJECT.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "'" + version + "' has 'config-' in it, where the names of stored objects have it"
                            + " between application and version: name the version otherwise");
        }
        if (hot < 0 || hot > HIGHEST_HOT) {
            throw new IllegalArgumentException(
                    "A hot revision's number is 1 to " + HIGHEST_HOT + ", and 0 is the version itself, not " + hot);
        }
    }

    /**
     * Reads a version ({@code 1.4.2}) or a hot revision ({@code 1.4.2.h3}).
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static SnapshotId of(String app, String revision) {
        Matcher matcher = HOT.matcher(revision);
        return matcher.matches()
                ? new SnapshotId(app, matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new SnapshotId(app, revision, 0);
    }

    /** The version without hot revisions. */
    public SnapshotId base() {
        return hot == 0 ? this : new SnapshotId(app, version, 0);
    }

    /** A hot revision of the same version; 0 is the version itself. */
    public SnapshotId hot(int number) {
        return new SnapshotId(app, version, number);
    }

    /** Whether this is a hot revision. */
    public boolean isHot() {
        return hot > 0;
    }

    /** {@code 1.4.2}, or {@code 1.4.2.h3}; {@link #of} reads it. */
    public String revision() {
        return hot == 0 ? version : version + ".h" + hot;
    }

    /** By application, version (as text) and number. */
    @Override
    public int compareTo(SnapshotId other) {
        return ORDER.compare(this, other);
    }

    /** {@code orders 1.4.2.h3}, as logs have it. */
    @Override
    public String toString() {
        return app + " " + revision();
    }
}
