package io.landfall.deploy.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All gates of an order, looked at one by one. For several threads. */
public final class Gates {

    private static final RestartsCheck RESTARTS = new RestartsCheck();

    private final List<GateCheck> checks;

    /** With checks for gates beside {@link Gate.Restarts}, which needs none. */
    public Gates(List<GateCheck> checks) {
        this.checks = Stream.concat(Stream.of(RESTARTS), checks.stream()).toList();
    }

    /** The first gate that is not passed, or that all are. */
    public Verdict verdict(ReleaseOrder order, WorkloadView seen) {
        return order.conduct().gates().stream()
                .map(gate -> verdict(gate, order, seen))
                .filter(verdict -> !(verdict instanceof Verdict.Passed))
                .findFirst()
                .orElseGet(Verdict.Passed::new);
    }

    private Verdict verdict(Gate gate, ReleaseOrder order, WorkloadView seen) {
        return checks.stream()
                .flatMap(check -> check.check(gate, order, seen).stream())
                .findFirst()
                .orElseGet(() -> new Verdict.Unknown("this engine has no check for " + gate));
    }

    /** What is known of a batch without asking anybody, also before it is ready. */
    static Optional<String> broken(ReleaseOrder order, WorkloadView seen) {
        return order.conduct().gates().stream()
                .flatMap(gate -> RESTARTS.check(gate, order, seen).stream())
                .flatMap(verdict -> verdict instanceof Verdict.Failed failed ? Stream.of(failed.why()) : Stream.empty())
                .findFirst();
    }
}
