package io.landfall.config;

import java.util.Collection;
import java.util.List;

/** Looks at files before they become a snapshot. Implementations are safe for several threads. */
@FunctionalInterface
public interface FileCheck {

    /** Nothing is wrong with anything. */
    FileCheck NONE = file -> List.of();

    /** All that is wrong with a file; empty if it is fine. Never says a value. */
    List<Violation> check(SnapshotFile file);

    /** All that is wrong with files together; each one by itself unless said otherwise. */
    default List<Violation> checkTogether(Collection<SnapshotFile> files) {
        return files.stream().flatMap(f -> check(f).stream()).toList();
    }
}
