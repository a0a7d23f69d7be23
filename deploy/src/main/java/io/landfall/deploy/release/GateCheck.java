package io.landfall.deploy.release;

import java.util.Optional;

/** Looks at gates of one kind. For several threads; an answer comes within some seconds. */
@FunctionalInterface
public interface GateCheck {

    /**
     * Never throws for what it cannot reach: that is {@link Verdict.Unknown}.
     *
     * @param seen the workload with the batch that is ready
     * @return empty: the gate is of another kind
     */
    Optional<Verdict> check(Gate gate, ReleaseOrder order, WorkloadView seen);
}
