package io.landfall.deploy.release;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.WorkloadView.Template;
import java.util.Optional;

/** An order whose workload says nothing of it: it has not begun, or somebody took away what it said. */
final class Beginning {

    private final Situation situation;
    private final WorkloadView view;
    private final Course course;

    Beginning(Situation situation, WorkloadView view, Course course) {
        this.situation = situation;
        this.view = view;
        this.course = course;
    }

    Decision decide() {
        if (situation.wishes(Wish.STAY)) {
            return stay();
        }
        if (situation.wishes(Wish.BACK)) {
            return back();
        }
        if (view.template() == Template.OTHER) {
            return begun() ? Situation.waiting(changed() + ": say back, or stay") : refused(changed());
        }
        if (situation.wishes(Wish.PAUSE)) {
            return Situation.waiting("paused before it began");
        }
        return prepare().orElseGet(this::begin);
    }

    /** Nobody else writes such a {@code minReadySeconds}. */
    private boolean begun() {
        return view.fields().minReadySeconds() == DeploymentCourse.NEVER_AVAILABLE;
    }

    private String changed() {
        return view.changedBy().orElse("its template is neither the order's nor what it was when the order was made");
    }

    private Decision refused(String why) {
        return situation.conclude(Result.REFUSED, "not begun: " + why);
    }

    private Decision stay() {
        return begun()
                ? situation.end(
                        direction(),
                        Optional.of(course.staying(course.first(direction()))),
                        view.replicas(),
                        Result.STAYED,
                        "ended half way")
                : situation.conclude(Result.STAYED, "ended before it began");
    }

    private Decision back() {
        boolean untouched = view.template() == Template.PREVIOUS && !begun();
        if (untouched || !situation.canGoBack() || situation.scales()) {
            return situation.conclude(Result.ROLLED_BACK, "ended before it began");
        }
        return view.template() == Template.OTHER && !begun() ? refused(changed()) : write(Direction.BACK);
    }

    private Optional<Decision> prepare() {
        if (situation.order().target() instanceof Target.NewRevision target
                && !situation.prepared().getAsBoolean()) {
            return Optional.of(new Decision.Prepare(target.first()));
        }
        if (situation.autoscaler() == AutoscalerState.NONE) {
            return Optional.empty();
        }
        if (situation.scales()) {
            return Optional.of(refused("an autoscaler decides how many pods there are. Change its limits instead"));
        }
        return situation.autoscaler() == AutoscalerState.FREE
                ? Optional.of(new Decision.HoldAutoscaler())
                : Optional.empty();
    }

    private Decision begin() {
        boolean nothing = situation.scales() ? unscaled() : view.replicas() == 0;
        return nothing
                ? situation.end(
                        direction(), course.ending(), view.replicas(), Result.DONE, Ending.done(situation, view))
                : write(direction());
    }

    private boolean unscaled() {
        return course.first(Direction.FORWARD).allowed() == view.replicas();
    }

    /** Where it went before somebody took away what it said: only a way back brings the earlier template and such fields together. */
    private Direction direction() {
        return begun() && view.template() == Template.PREVIOUS ? Direction.BACK : Direction.FORWARD;
    }

    private Decision write(Direction direction) {
        boolean back = direction == Direction.BACK;
        Step step = back && situation.directive().atOnce() ? course.atOnce(direction) : course.first(direction);
        Optional<String> because = back ? Optional.of(Ending.wanted(situation)) : Optional.empty();
        return new Decision.Write(situation.progress(step, because), course.fields(step), course.replicas(step));
    }
}
