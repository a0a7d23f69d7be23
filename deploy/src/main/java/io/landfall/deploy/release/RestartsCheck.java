package io.landfall.deploy.release;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether containers of new pods started again. */
final class RestartsCheck implements GateCheck {

    @Override
    public Optional<Verdict> check(Gate gate, ReleaseOrder order, WorkloadView seen) {
        if (!(gate instanceof Gate.Restarts restarts)) {
            return Optional.empty();
        }
        // Another number of pods says nothing of those that are there.
        return Optional.of(order.target() instanceof Target.Scale ? new Verdict.Passed() : check(restarts, seen));
    }

    private static Verdict check(Gate.Restarts gate, WorkloadView seen) {
        int restarts = restarted(seen).mapToInt(PodView::restarts).sum();
        return restarts <= gate.most() ? new Verdict.Passed() : new Verdict.Failed(why(restarts, gate, seen));
    }

    /** Since the batch was admitted, or somebody said that it may go on: what was before has been looked at, or forgiven. */
    private static Stream<PodView> restarted(WorkloadView seen) {
        // Kubelets write seconds.
        Instant since = seen.progress()
                .map(progress -> progress.since().truncatedTo(ChronoUnit.SECONDS))
                .orElse(Instant.MIN);
        return seen.pods().stream().filter(PodView::fresh).filter(pod -> pod.restartedAt()
                .filter(at -> !at.isBefore(since))
                .isPresent());
    }

    private static String why(int restarts, Gate.Restarts gate, WorkloadView seen) {
        PodView worst = restarted(seen)
                .max(Comparator.comparingInt(PodView::restarts).thenComparing(PodView::name))
                .orElseThrow();
        return "containers of new pods started again " + restarts + " times, " + gate.most()
                + " are allowed; most often " + worst.name()
                + worst.trouble().map(trouble -> ": " + trouble).orElse("");
    }
}
