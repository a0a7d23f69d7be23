package io.landfall.shutdown;

import java.util.concurrent.atomic.AtomicInteger;

/** A step that nobody adds: META-INF/services names it. */
public final class InstalledStep implements DrainStep {

    static final AtomicInteger RUNS = new AtomicInteger();

    /** Called by the ServiceLoader. */
    public InstalledStep() {}

    @Override
    public String name() {
        return "installed";
    }

    @Override
    public DrainPhase phase() {
        return DrainPhase.WITHDRAWN;
    }

    @Override
    public void run(Deadline deadline) {
        RUNS.incrementAndGet();
    }
}
