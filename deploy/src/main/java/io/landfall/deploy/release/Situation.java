package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All that a decision follows from.
 *
 * @param stored the order, and what people said
 * @param view the workload; empty: there is none
 * @param autoscaler whether one may change the number of pods
 * @param prepared whether what comes before the workload is there; asked before the first write only
 * @param gates what the gates say of the batch; asked only when its pods are ready and have soaked
 * @param now the time
 * @param epoch of the engine that decides
 */
public record Situation(
        StoredOrder stored,
        Optional<WorkloadView> view,
        ReleaseCluster.AutoscalerState autoscaler,
        BooleanSupplier prepared,
        Supplier<Verdict> gates,
        Instant now,
        long epoch) {

    /**
     * What a cluster has of an order. Asked for a person, the epoch is {@link Long#MAX_VALUE}: whoever wrote last may be asked about.
     */
    public static Situation read(ReleaseCluster cluster, StoredOrder stored, Gates gates, Instant now, long epoch) {
        ReleaseOrder order = stored.order();
        Optional<WorkloadView> view = cluster.workload(order);
        return new Situation(
                stored,
                view,
                cluster.autoscaler(order.workload()),
                () -> cluster.prepared(order),
                () -> view.map(seen -> gates.verdict(order, seen)).orElseGet(Verdict.Passed::new),
                now,
                epoch);
    }

    /** What was read, to tell whether something has changed since. */
    String version() {
        return stored.version() + " " + view.map(WorkloadView::version).orElse("");
    }

    ReleaseOrder order() {
        return stored.order();
    }

    Directive directive() {
        return stored.directive();
    }

    boolean wishes(Directive.Wish wish) {
        return directive().wish() == wish;
    }

    boolean scales() {
        return order().target() instanceof Target.Scale;
    }

    boolean canGoBack() {
        return order().previous().isPresent();
    }

    /** What the workload is to be at the end of this direction; empty: nothing was there before. */
    Optional<Target.Revision> revision(Direction direction) {
        return direction == Direction.FORWARD && order().target() instanceof Target.NewRevision target
                ? Optional.of(target.revision())
                : order().previous();
    }

    /** How long a pod of this direction has to be ready. */
    int minReadySeconds(Direction direction) {
        return revision(direction).map(Target.Revision::minReadySeconds).orElse(0);
    }

    /** Writes a step: its time begins, and nothing holds it. */
    Progress progress(Step step, Optional<String> because) {
        return step.progress(order().id(), now, epoch, directive().said(), Optional.empty(), because);
    }

    Decision.End end(
            Direction direction,
            Optional<WorkloadView.Fields> fields,
            int replicas,
            Outcome.Result result,
            String message) {
        return new Decision.End(direction, fields, replicas, new WorkloadView.LastOrder(order().id(), result, message));
    }

    Decision conclude(Outcome.Result result, String message) {
        return autoscaler == ReleaseCluster.AutoscalerState.HELD
                ? new Decision.GiveBackAutoscaler()
                : new Decision.Conclude(new Outcome(result, message, now));
    }

    /** Until something changes. */
    static Decision.Wait waiting(String why) {
        return new Decision.Wait(why, Optional.empty());
    }
}
