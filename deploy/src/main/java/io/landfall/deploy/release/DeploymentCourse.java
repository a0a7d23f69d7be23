package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.Template;
import java.util.List;
import java.util.Optional;

/**
 * Batches of a Deployment, by the share of its pods that may be new.
 *
 * <p>The controller's arithmetic is exact only while it takes no pod of the new template for available. Pods that it makes now are not:
 * {@link #NEVER_AVAILABLE} seconds do not pass. But where there are some already, on the way back or after an order that was ended half
 * way, the controller raises their ReplicaSet's {@code minReadySeconds} and reckons with the number of available ones from before in the
 * same pass: it would replace as many too many. So a step comes first in which the Deployment is paused, until that number is 0.
 */
final class DeploymentCourse implements Course {

    /** 31 years. */
    static final int NEVER_AVAILABLE = 1_000_000_000;

    private static final WorkloadName.Kind KIND = WorkloadName.Kind.DEPLOYMENT;

    private final Situation situation;
    private final WorkloadView view;
    private final int pods;
    private final int fresh;
    private final int old;

    DeploymentCourse(Situation situation, WorkloadView view) {
        this.situation = situation;
        this.view = view;
        this.pods = view.replicas();
        this.fresh = (int) view.pods().stream().filter(PodView::fresh).count();
        this.old = (int) view.pods().stream().filter(PodView::old).count();
    }

    @Override
    public Step first(Direction direction) {
        boolean same = hasTemplate(direction);
        boolean unclear = same ? fresh > 0 && old > 0 : direction == Direction.BACK || others();
        return unclear
                ? Step.settling(direction, Math.max(0, fresh + old - pods), pods)
                : known(direction, same ? fresh : 0);
    }

    /** Those that go included: their ReplicaSet's status may still count them. */
    private boolean others() {
        return view.pods().stream().anyMatch(pod -> !pod.current());
    }

    /** From a number of pods that have the template of the direction already. */
    private Step known(Direction direction, int there) {
        List<Integer> plan = cumulative();
        if (pods == 0 || there >= pods) {
            return new Step(direction, Math.max(1, plan.size()), pods, 0, false, pods);
        }
        if (direction == Direction.BACK) {
            return admit(direction, 1, there, Shares.upTo(there + plan.get(0), there, pods));
        }
        int at = 0;
        while (plan.get(at) < there) {
            at++;
        }
        return admit(direction, at + 1, there, plan.get(at));
    }

    private Step admit(Direction direction, int batch, int before, int allowed) {
        boolean surges = situation.order().conduct().strategy() == ReleaseOrder.Strategy.SURGE;
        return new Step(direction, batch, allowed, surges ? allowed - before : 0, false, pods);
    }

    @Override
    public Step next(Step step) {
        if (step.settling()) {
            return known(step.direction(), fresh);
        }
        return step.surge() > 0
                ? step.withoutSurge()
                : admit(step.direction(), step.batch() + 1, step.allowed(), after(step));
    }

    private int after(Step step) {
        List<Integer> plan = cumulative();
        if (step.direction() == Direction.FORWARD) {
            return plan.stream()
                    .filter(reached -> reached > step.allowed())
                    .findFirst()
                    .orElse(pods);
        }
        if (step.batch() >= plan.size()) {
            return pods;
        }
        int size = plan.get(step.batch()) - plan.get(step.batch() - 1);
        return Shares.upTo(Math.min(pods, step.allowed() + size), step.allowed(), pods);
    }

    private List<Integer> cumulative() {
        return situation.order().batches().cumulative(KIND, pods);
    }

    @Override
    public boolean last(Step step) {
        return step.last();
    }

    /** The controller has spread pods over old and new as they were: the share stays, and what is new already is allowed. */
    @Override
    public Step rescaled(Step step) {
        if (step.settling() || pods == 0) {
            return new Step(step.direction(), step.batch(), 0, step.surge(), step.settling(), pods);
        }
        int allowed = Math.min(pods, Math.max(fresh, Math.max(1, sameShare(step.allowed(), step))));
        int before = Math.min(allowed, sameShare(step.allowed() - step.surge(), step));
        int surge = step.surge() == 0 ? 0 : Math.max(1, allowed - before);
        return new Step(step.direction(), step.batch(), roundUp(allowed), surge, false, pods);
    }

    private int sameShare(int count, Step step) {
        return step.replicas() == 0 ? pods : Shares.roundedDown(Shares.percent(count, step.replicas()), pods);
    }

    private int roundUp(int count) {
        return Shares.roundedDown(Shares.percent(count, pods), pods);
    }

    @Override
    public Step atOnce(Direction direction) {
        return new Step(direction, 1, pods, 0, false, pods);
    }

    @Override
    public Step again(Step step) {
        return Step.settling(step.direction(), Math.max(0, fresh + old - pods), pods);
    }

    @Override
    public Fields fields(Step step) {
        String surge = Shares.surge(step.surge(), step.replicas());
        int gone = step.allowed() - step.surge();
        boolean none = step.settling() && step.surge() == 0;
        String unavailable = none ? "1%" : Shares.unavailable(Math.max(0, gone), step.replicas());
        return new Fields(NEVER_AVAILABLE, surge, unavailable, 0, step.settling());
    }

    @Override
    public int replicas(Step step) {
        return pods;
    }

    /**
     * A paused Deployment is scaled to its number of pods and {@code maxSurge}, so with the manifest's one there would be pods more. Its own
     * comes back with the order that ends what this one leaves.
     */
    @Override
    public Fields staying(Step step) {
        Fields fields = fields(step);
        return new Fields(
                situation.minReadySeconds(step.direction()), fields.maxSurge(), fields.maxUnavailable(), 0, true);
    }

    @Override
    public Optional<Fields> ending() {
        return Optional.empty();
    }

    @Override
    public boolean intact(Step step) {
        Fields wanted = fields(step);
        Fields there = view.fields();
        return hasTemplate(step.direction())
                && wanted.minReadySeconds() == there.minReadySeconds()
                && wanted.maxSurge().equals(there.maxSurge())
                && wanted.maxUnavailable().equals(there.maxUnavailable())
                && wanted.paused() == there.paused();
    }

    private boolean hasTemplate(Direction direction) {
        return view.template() == Template.BOTH
                || view.template() == (direction == Direction.FORWARD ? Template.TARGET : Template.PREVIOUS);
    }

    @Override
    public Readiness readiness(Step step) {
        if (step.settling()) {
            return view.available() == 0
                    ? Readiness.ready(situation.now())
                    : Readiness.not("its controller counts " + view.available() + " pods as available yet");
        }
        int before = step.allowed() - step.surge();
        int wanted = step.surge() == 0 ? step.allowed() : before + Shares.surged(step.surge(), step.replicas());
        if (step.surge() == 0 && old > pods - step.allowed()) {
            return Readiness.not(old - (pods - step.allowed()) + " pods have to go yet");
        }
        return Readiness.of(
                view.pods().stream().filter(PodView::fresh).toList(),
                wanted,
                situation.minReadySeconds(step.direction()),
                view.progress().map(Progress::since).orElse(situation.now()),
                situation.now());
    }

    @Override
    public Optional<Decision> unblock(Step step) {
        return Optional.empty();
    }
}
