package io.landfall.shutdown;

import java.time.Duration;

/**
 * Something that takes part in a drain: it leaves a registry, stops a queue consumer, closes idle connections, hands
 * over to a framework.
 *
 * <p>The steps of one phase run side by side, each on its own thread. A step that throws is reported and the drain goes
 * on; a step that does not return within its {@link #limit limit} is interrupted, reported as abandoned, and left
 * behind. Spring applications declare steps as beans; others name them for {@link java.util.ServiceLoader}, or
 * {@linkplain Drain#add add} them. Implementations must tolerate being run while the service still answers calls.
 */
public interface DrainStep {

    /** What the report and the log call it; short, in the words of the person on call. */
    String name();

    /**
     * The phase it helps to reach: {@link DrainPhase#REFUSING}, {@link DrainPhase#WITHDRAWN}, {@link DrainPhase#QUIET}
     * (runs while the drain watches the calls in flight) or {@link DrainPhase#CLOSED}.
     */
    DrainPhase phase();

    /**
     * Does its part.
     *
     * @param deadline when the step is abandoned; never later than the drain's own deadline, except in
     *     {@link DrainPhase#CLOSED}, which always gets the policy's close time
     * @throws Exception reported with its message; never fails the drain
     */
    void run(Deadline deadline) throws Exception;

    /** The longest it may take, whatever is left of the drain's deadline. Default: what the policy says. */
    default Duration limit(DrainPolicy policy) {
        return phase() == DrainPhase.QUIET ? policy.deadline() : policy.stepLimit();
    }

    /** A step from a name, a phase and what to do. */
    static DrainStep of(String name, DrainPhase phase, ThrowingRunnable action) {
        return new DrainStep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public DrainPhase phase() {
                return phase;
            }

            @Override
            public void run(Deadline deadline) throws Exception {
                action.run();
            }
        };
    }

    /** An action that may fail. */
    @FunctionalInterface
    interface ThrowingRunnable {
        /** Does it. */
        void run() throws Exception;
    }
}
