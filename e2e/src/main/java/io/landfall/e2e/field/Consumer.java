package io.landfall.e2e.field;

import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.Progress;
import java.util.Optional;

/** A process that calls, wherever it runs. */
public interface Consumer extends AutoCloseable {

    /** By which its report is told apart. */
    String name();

    /** Where it stands, to the second; empty before its first call. */
    Optional<Progress> progress();

    /** Makes no more calls; those in flight may still come back. */
    void stop();

    /** What became of every call; waits for the end of the process, which somebody must have stopped. */
    LoadReport report();

    @Override
    void close();
}
