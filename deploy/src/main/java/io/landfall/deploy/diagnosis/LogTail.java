package io.landfall.deploy.diagnosis;

import java.util.Optional;
import java.util.function.Function;

/** What a container wrote last, before it ended: the line that says most, raw. Does not throw; empty where it cannot be read. */
@FunctionalInterface
public interface LogTail extends Function<ContainerRun, Optional<String>> {

    /** Knows nothing. */
    static LogTail none() {
        return run -> Optional.empty();
    }
}
