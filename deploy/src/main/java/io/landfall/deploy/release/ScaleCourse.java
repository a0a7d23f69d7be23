package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.Template;
import java.util.List;
import java.util.Optional;

/**
 * Another number of pods, in batches of the difference. Of a step, {@code replicas} is the number that there was at first, {@code allowed}
 * the one that there is to be. Everything else of the workload stays as it is.
 */
final class ScaleCourse implements Course {

    private final Situation situation;
    private final WorkloadView view;

    ScaleCourse(Situation situation, WorkloadView view) {
        this.situation = situation;
        this.view = view;
    }

    private int goal(Direction direction) {
        if (direction == Direction.FORWARD && situation.order().target() instanceof Target.Scale scale) {
            return scale.replicas();
        }
        return situation.order().previous().map(Target.Revision::replicas).orElse(view.replicas());
    }

    @Override
    public Step first(Direction direction) {
        return step(direction, 1, view.replicas());
    }

    @Override
    public Step next(Step step) {
        return step(step.direction(), step.batch() + 1, step.replicas());
    }

    private Step step(Direction direction, int batch, int from) {
        int goal = goal(direction);
        int way = goal - from;
        List<Integer> plan = situation.order().batches().cumulative(WorkloadName.Kind.STATEFUL_SET, Math.abs(way));
        int gone = batch > plan.size() ? Math.abs(way) : plan.get(batch - 1);
        return new Step(direction, batch, from + Integer.signum(way) * gone, 0, false, from);
    }

    @Override
    public boolean last(Step step) {
        return step.allowed() == goal(step.direction());
    }

    @Override
    public Step rescaled(Step step) {
        return step;
    }

    @Override
    public Step atOnce(Direction direction) {
        return new Step(direction, 1, goal(direction), 0, false, view.replicas());
    }

    @Override
    public Step again(Step step) {
        return step;
    }

    @Override
    public Fields fields(Step step) {
        return view.fields();
    }

    @Override
    public int replicas(Step step) {
        return step.allowed();
    }

    @Override
    public Fields staying(Step step) {
        return view.fields();
    }

    @Override
    public Optional<Fields> ending() {
        return Optional.of(view.fields());
    }

    @Override
    public boolean intact(Step step) {
        return view.template() != Template.OTHER && view.replicas() == step.allowed();
    }

    /** Pods that are to stay may be broken: that is no reason against having fewer. */
    @Override
    public Readiness readiness(Step step) {
        List<PodView> staying =
                view.pods().stream().filter(pod -> !pod.terminating()).toList();
        if (staying.size() > step.allowed()) {
            return Readiness.not(staying.size() - step.allowed() + " pods have to go yet");
        }
        boolean fewer = step.allowed() < step.replicas();
        return Readiness.of(
                staying,
                fewer ? 0 : step.allowed(),
                situation.minReadySeconds(Direction.BACK),
                view.progress().map(Progress::since).orElse(situation.now()),
                situation.now());
    }

    @Override
    public Optional<Decision> unblock(Step step) {
        return Optional.empty();
    }
}
