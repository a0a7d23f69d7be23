package io.landfall.deploy.release;

import java.util.Comparator;
import java.util.Optional;

/** Looks whether containers of new pods started again. */
final class RestartsCheck implements GateCheck {

    @Override
    public Optional<Verdict> check(Gate gate, ReleaseOrder order, WorkloadView seen) {
        return gate instanceof Gate.Restarts restarts ? Optional.of(check(restarts, seen)) : Optional.empty();
    }

    private static Verdict check(Gate.Restarts gate, WorkloadView seen) {
        int restarts = seen.pods().stream()
                .filter(PodView::fresh)
                .mapToInt(PodView::restarts)
                .sum();
        return restarts <= gate.most() ? new Verdict.Passed() : new Verdict.Failed(why(restarts, gate, seen));
    }

    private static String why(int restarts, Gate.Restarts gate, WorkloadView seen) {
        PodView worst = seen.pods().stream()
                .filter(PodView::fresh)
                .max(Comparator.comparingInt(PodView::restarts).thenComparing(PodView::name))
                .orElseThrow();
        return "containers of new pods started again " + restarts + " times, " + gate.most()
                + " are allowed; most often " + worst.name()
                + worst.trouble().map(trouble -> ": " + trouble).orElse("");
    }
}
