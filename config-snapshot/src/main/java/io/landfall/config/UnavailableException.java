package io.landfall.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source or store gave no answer in its time, or one that says to come again. Nothing is known of the snapshot. */
public class UnavailableException extends SnapshotException {

    private static final long serialVersionUID = 1L;

    /** Without the address' user, password or query, which may be secrets. */
    public UnavailableException(String subject, Violation violation, @Nullable Throwable cause) {
        super(subject, " cannot be reached:", List.of(violation), cause);
    }
}
