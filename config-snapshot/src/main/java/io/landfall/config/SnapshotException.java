package io.landfall.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration that is not taken, a snapshot that does not verify, or a request that cannot be met: all reasons at once. */
public class SnapshotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * @param subject what is refused: {@code Snapshot orders 1.4.2}
     * @param violations at least one
     */
    public SnapshotException(String subject, List<Violation> violations) {
        this(subject, violations, null);
    }

    /** With what caused it. */
    public SnapshotException(String subject, List<Violation> violations, @Nullable Throwable cause) {
        this(subject, " is refused:", violations, cause);
    }

    SnapshotException(String subject, String verdict, List<Violation> violations, @Nullable Throwable cause) {
        super(violations.stream().map(v -> "\n  - " + v).collect(Collectors.joining("", subject + verdict, "")), cause);
        this.violations = List.copyOf(violations);
    }

    /** All of them, in the order of their places where there is one. */
    public List<Violation> violations() {
        return violations;
    }
}
