package io.landfall.deploy;

import java.util.List;
import java.util.stream.Collectors;

/** A table that is not taken, or a plan that would do harm: all reasons at once, a line each. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * Refuses something.
     *
     * @param violations at least one
     */
    public RefusedException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
        this.violations = List.copyOf(violations);
    }

    /** All of them, in the order of their places. */
    public List<Violation> violations() {
        return violations;
    }
}
