package io.landfall.deploy.release;

/**
 * Numbers of pods as the percentages that stand in a Deployment. Its controller rounds {@code maxUnavailable} down and {@code maxSurge} up.
 * An absolute number would let a release finish when somebody scales the Deployment down to it.
 */
final class Shares {

    private static final int ALL = 100;

    private Shares() {}

    /** The smallest percentage of which the controller makes at least {@code count} pods; exactly those for what {@link #upTo} gives. */
    static int percent(int count, int pods) {
        return Math.toIntExact(((long) count * ALL + pods - 1) / pods);
    }

    /** The largest percentage of which the controller makes at most {@code count} pods when it rounds down. */
    private static int percentAtMost(int count, int pods) {
        return Math.toIntExact(((long) count * ALL + ALL - 1) / pods);
    }

    static int roundedDown(int percent, int pods) {
        return Math.toIntExact((long) percent * pods / ALL);
    }

    static int roundedUp(int percent, int pods) {
        return Math.toIntExact(((long) percent * pods + ALL - 1) / ALL);
    }

    /**
     * The largest number up to {@code count} that a percentage can say, and otherwise the smallest above {@code above} that one can.
     *
     * @param above less than {@code pods}
     */
    static int upTo(int count, int above, int pods) {
        int reachable = atMost(count, pods);
        int percent = percent(above, pods);
        while (reachable <= above) {
            percent++;
            reachable = roundedDown(percent, pods);
        }
        return reachable;
    }

    /** The largest number up to {@code count} that a percentage can say. */
    static int atMost(int count, int pods) {
        return roundedDown(Math.min(ALL, percentAtMost(count, pods)), pods);
    }

    /** As {@code maxUnavailable} has it. */
    static String unavailable(int count, int pods) {
        return pods == 0 ? ALL + "%" : percent(atMost(count, pods), pods) + "%";
    }

    /** As {@code maxSurge} has it: never more than {@code count} pods. Less than one percent is an absolute number, and no harm. */
    static String surge(int count, int pods) {
        int percent = pods == 0 ? 0 : Math.toIntExact((long) count * ALL / pods);
        return percent == 0 && count > 0 ? String.valueOf(count) : percent + "%";
    }

    /** How many pods the controller makes of {@link #surge}. */
    static int surged(int count, int pods) {
        int percent = pods == 0 ? 0 : Math.toIntExact((long) count * ALL / pods);
        return percent == 0 ? count : roundedUp(percent, pods);
    }
}
