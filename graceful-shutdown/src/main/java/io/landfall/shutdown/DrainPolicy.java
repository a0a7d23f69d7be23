package io.landfall.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a drain may take.
 *
 * <p>A pod's {@code terminationGracePeriodSeconds} must exceed {@code deadline + closeTime}, else the kubelet kills the
 * JVM before the report is written.
 *
 * @param deadline from the trigger to {@link DrainPhase#QUIET}; calls still in flight then are cut. Positive
 * @param quietPeriod how long no call may arrive before the service counts as quiet; consumers need it to hear from the
 *     registry that the service has left. Zero or more, shorter than the deadline
 * @param stepLimit the longest one step may take to refuse, withdraw or close. Positive
 * @param closeTime what the framework's own shutdown may take after the service is quiet, or was forced. Positive
 */
public record DrainPolicy(Duration deadline, Duration quietPeriod, Duration stepLimit, Duration closeTime) {

    /** A pod that takes longer to leave is not leaving. */
    static final Duration LONGEST = Duration.ofDays(7);

    /** What a JVM needs between the end of its shutdown hooks and its own. */
    private static final Duration JVM_EXIT = Duration.ofSeconds(2);

    /** 30 s, the default grace period of Kubernetes; 2 s of quiet; 5 s for a step; 5 s to close. */
    public static final DrainPolicy STANDARD = new DrainPolicy(
            Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5));

    /** Refuses nonsense, all of it at once. */
    public DrainPolicy {
        List<String> wrong = new ArrayList<>();
        requirePositive(wrong, "deadline", deadline);
        requirePositive(wrong, "step-limit", stepLimit);
        requirePositive(wrong, "close-time", closeTime);
        if (quietPeriod.isNegative()) {
            wrong.add("landfall.drain.quiet-period is " + quietPeriod + ": use 0 or more, such as 2s");
        } else if (quietPeriod.compareTo(deadline) >= 0) {
            wrong.add("landfall.drain.quiet-period (" + quietPeriod + ") must be shorter than landfall.drain.deadline ("
                    + deadline + "): raise the deadline or lower the quiet period");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static void requirePositive(List<String> wrong, String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            wrong.add("landfall.drain." + name + " is " + value + ": use a time above zero, such as 30s");
        } else if (value.compareTo(LONGEST) > 0) {
            wrong.add("landfall.drain." + name + " is " + value + ": use at most 7 days, such as 30s");
        }
    }

    /**
     * Whether a pod has the time that a drain may take: {@code terminationGracePeriodSeconds} counts from the preStop hook
     * to the kubelet's SIGKILL, so it must hold the deadline, the close time, and two seconds for the JVM itself.
     *
     * @param gracePeriod the pod's
     * @return what is wrong and what to do, for the log; empty if it fits
     */
    public Optional<String> tooLongFor(Duration gracePeriod) {
        Duration needed = deadline.plus(closeTime).plus(JVM_EXIT);
        if (gracePeriod.compareTo(needed) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                "A drain may take " + deadline.plus(closeTime) + ", but the pod's grace period is " + gracePeriod
                        + ": the kubelet would kill it before it has reported; set terminationGracePeriodSeconds to "
                        + needed.plusMillis(999).toSeconds() + " or more, or lower landfall.drain.deadline");
    }

    /** This policy with another deadline. */
    public DrainPolicy withDeadline(Duration deadline) {
        return new DrainPolicy(deadline, quietPeriod, stepLimit, closeTime);
    }

    /** This policy with another quiet period. */
    public DrainPolicy withQuietPeriod(Duration quietPeriod) {
        return new DrainPolicy(deadline, quietPeriod, stepLimit, closeTime);
    }

    /** This policy with another limit for one step. */
    public DrainPolicy withStepLimit(Duration stepLimit) {
        return new DrainPolicy(deadline, quietPeriod, stepLimit, closeTime);
    }

    /** This policy with another time for the framework's own shutdown. */
    public DrainPolicy withCloseTime(Duration closeTime) {
        return new DrainPolicy(deadline, quietPeriod, stepLimit, closeTime);
    }
}
