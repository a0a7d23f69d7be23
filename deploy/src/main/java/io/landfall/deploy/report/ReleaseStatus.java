package io.landfall.deploy.report;

import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release at one time.
 *
 * @param order what is wanted
 * @param directive what was said since
 * @param state where it is
 * @param batch which batch; empty: none was begun, or it is over
 * @param pods how many there are
 * @param why it goes no further, or how it ended; empty: it goes on
 * @param troubles of pods that are not ready
 * @param outcome how it ended; empty: it has not
 */
public record ReleaseStatus(
        ReleaseOrder order,
        Directive directive,
        State state,
        Optional<BatchStatus> batch,
        Pods pods,
        Optional<String> why,
        List<Trouble> troubles,
        Optional<Outcome> outcome) {

    /** Copies the list. */
    public ReleaseStatus {
        troubles = List.copyOf(troubles);
    }

    /**
     * Looks at a release.
     *
     * @param stored as the cluster has it
     * @param workload its workload; empty: there is none
     * @param now for how long pods are ready
     */
    public static ReleaseStatus of(StoredOrder stored, Optional<WorkloadView> workload, Instant now) {
        ReleaseOrder order = stored.order();
        Optional<Progress> progress = workload.flatMap(WorkloadView::progress)
                .filter(running -> running.order().equals(order.id()));
        Pods pods = workload.map(view -> Pods.of(view, minReady(order, progress), now))
                .orElse(Pods.NONE);
        boolean over = workload.flatMap(WorkloadView::lastOrder)
                .filter(last -> last.order().equals(order.id()))
                .isPresent();
        State state = over && stored.outcome().isEmpty() ? State.RUNNING : state(stored, progress, pods);
        Optional<BatchStatus> batch = progress.map(running -> batch(order, running, pods));
        ReleaseStatus seen = new ReleaseStatus(
                order,
                stored.directive(),
                state,
                batch,
                pods,
                why(stored, state, progress),
                workload.map(ReleaseStatus::troubles).orElse(List.of()),
                stored.outcome());
        return state == State.RUNNING && seen.batchReady() ? seen.because(Waiting.of(stored, workload, now)) : seen;
    }

    private ReleaseStatus because(Optional<String> reason) {
        return new ReleaseStatus(order, directive, state, batch, pods, reason, troubles, outcome);
    }

    /** Whether the batch that was admitted is as it is to be. */
    public boolean batchReady() {
        return batch.filter(now -> ready(order, now.allowed(), pods)).isPresent();
    }

    /** Whether it stands still: it ended, or waits for a person. */
    public boolean settled() {
        boolean busy = state == State.PAUSED && batch.isPresent() && !batchReady();
        return state.ended() || (state.needsPerson() && !busy);
    }

    private static State state(StoredOrder stored, Optional<Progress> progress, Pods pods) {
        if (stored.outcome().isPresent()) {
            return State.valueOf(stored.outcome().get().result().name());
        }
        if (progress.filter(running -> holds(stored, running)).isPresent()) {
            return State.HELD;
        }
        if (stored.directive().wish() == Wish.PAUSE) {
            return State.PAUSED;
        }
        return progress.map(running -> waits(stored, running, pods) ? State.WAITING : State.RUNNING)
                .orElse(State.ACCEPTED);
    }

    /** What was said since may end it, and an engine has not heard of it yet. */
    private static boolean holds(StoredOrder stored, Progress running) {
        return running.hold().isPresent()
                && running.heard() >= stored.directive().said();
    }

    private static boolean waits(StoredOrder stored, Progress running, Pods pods) {
        return stored.order().conduct().advance() == Advance.MANUAL
                && stored.directive().wish() == Wish.RUN
                && running.direction() == Direction.FORWARD
                && running.allowed() != goal(stored.order(), pods)
                && ready(stored.order(), running.allowed(), pods)
                && stored.directive().admitted() <= running.batch();
    }

    /** Where fewer pods are wanted, none has to come. */
    private static boolean ready(ReleaseOrder order, int allowed, Pods pods) {
        boolean scale = order.target() instanceof Target.Scale;
        return pods.ready() >= allowed && (!scale || pods.updated() + pods.old() <= allowed);
    }

    private static int goal(ReleaseOrder order, Pods pods) {
        return order.target() instanceof Target.Scale scale ? scale.replicas() : pods.wanted();
    }

    private static BatchStatus batch(ReleaseOrder order, Progress running, Pods pods) {
        int of = Math.max(running.batch(), Plans.sizes(order, pods.wanted()).size());
        return new BatchStatus(running.batch(), of, running.allowed(), running.direction(), running.since());
    }

    private static Optional<String> why(StoredOrder stored, State state, Optional<Progress> progress) {
        String by = stored.directive().by();
        return switch (state) {
            case ACCEPTED -> Optional.of("no engine has begun it");
            case RUNNING -> Optional.empty();
            case WAITING -> Optional.of("the next batch waits for a person");
            case PAUSED -> Optional.of("paused by " + by);
            case HELD -> progress.flatMap(Progress::hold);
            default -> stored.outcome().map(Outcome::message);
        };
    }

    private static Duration minReady(ReleaseOrder order, Optional<Progress> progress) {
        boolean back = progress.filter(running -> running.direction() == Direction.BACK)
                .isPresent();
        Optional<Target.Revision> revision = order.target() instanceof Target.NewRevision target && !back
                ? Optional.of(target.revision())
                : order.previous();
        return Duration.ofSeconds(revision.map(Target.Revision::minReadySeconds).orElse(0));
    }

    private static List<Trouble> troubles(WorkloadView workload) {
        return workload.pods().stream()
                .filter(pod -> !pod.terminating())
                .flatMap(pod -> pod.trouble().map(reason -> new Trouble(pod.name(), reason)).stream())
                .toList();
    }
}
