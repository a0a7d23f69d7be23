package io.landfall.shutdown;

/** The states a stopping service goes through, in this order; {@link #FORCED} takes the place of {@link #QUIET}. */
public enum DrainPhase {
    /** Normal work. */
    SERVING,
    /** Readiness fails; calls that still come are answered. */
    REFUSING,
    /** No registry lists the service any more, and connected consumers were told. */
    WITHDRAWN,
    /** No call is in flight, and none arrived for the quiet period. */
    QUIET,
    /** The deadline came first; calls still in flight are named in the report. */
    FORCED,
    /** The framework's own shutdown is over. */
    CLOSED;

    /** Whether a {@link DrainStep} may take part in reaching this phase. */
    boolean takesSteps() {
        return this == REFUSING || this == WITHDRAWN || this == QUIET || this == CLOSED;
    }
}
