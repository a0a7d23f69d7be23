package io.landfall.deploy.release;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An order that has begun. The first reason for doing something else, or nothing, decides; without one the next step comes. */
final class Running {

    private final Situation situation;
    private final WorkloadView view;
    private final Progress progress;
    private final Step step;
    private final Course course;
    private final Batch batch;
    private final Writing writing;

    Running(Situation situation, WorkloadView view, Progress progress, Course course) {
        this.situation = situation;
        this.view = view;
        this.progress = progress;
        this.step = progress.step();
        this.course = course;
        this.batch = new Batch(situation, view, progress, course);
        this.writing = new Writing(situation, progress, course);
    }

    Decision decide() {
        return Stream.<Supplier<Optional<Decision>>>of(
                        new Interruption(situation, view, progress, course, writing)::first,
                        this::empty,
                        this::rescaled,
                        this::hurried,
                        () -> batch.unready(writing::failed),
                        this::unfinished,
                        this::soaking,
                        this::unadmitted,
                        this::unwell,
                        this::last,
                        this::autoscaled)
                .flatMap(reason -> reason.get().stream())
                .findFirst()
                .orElseGet(() -> writing.step(course.next(step)));
    }

    private Optional<Decision> empty() {
        return view.replicas() == 0 && !situation.scales() ? Optional.of(end()) : Optional.empty();
    }

    private Optional<Decision> rescaled() {
        return situation.scales() || view.replicas() == step.replicas()
                ? Optional.empty()
                : Optional.of(writing.step(course.rescaled(step)));
    }

    private Optional<Decision> hurried() {
        Step all = course.atOnce(Direction.BACK);
        boolean hurries = !forward()
                && situation.wishes(Wish.BACK)
                && situation.directive().atOnce()
                && (step.allowed() != all.allowed() || step.surge() > 0 || step.settling());
        return hurries ? Optional.of(writing.step(all)) : Optional.empty();
    }

    /** A step that is part of a batch needs nobody's word. */
    private Optional<Decision> unfinished() {
        return step.settling() || step.surge() > 0 ? Optional.of(writing.step(course.next(step))) : Optional.empty();
    }

    private Optional<Decision> soaking() {
        return forward() && !course.last(step) ? batch.soaking() : Optional.empty();
    }

    private Optional<Decision> unadmitted() {
        if (situation.wishes(Wish.PAUSE)) {
            return Optional.of(Situation.waiting("batch " + progress.batch() + " is ready; paused"));
        }
        boolean asks = situation.order().conduct().advance() == ReleaseOrder.Advance.MANUAL
                && forward()
                && !course.last(step)
                && situation.directive().admitted() <= progress.batch();
        return asks
                ? Optional.of(Situation.waiting("batch " + progress.batch() + " is ready; waits for next"))
                : Optional.empty();
    }

    private Optional<Decision> unwell() {
        return forward() ? batch.unwell(writing::failed) : Optional.empty();
    }

    private Optional<Decision> last() {
        return course.last(step) ? Optional.of(end()) : Optional.empty();
    }

    private Decision end() {
        return new Ending(situation, view, course).reached(progress);
    }

    /** One that somebody made, or let go, since. */
    private Optional<Decision> autoscaled() {
        return situation.autoscaler() == AutoscalerState.FREE && !situation.scales()
                ? Optional.of(new Decision.HoldAutoscaler())
                : Optional.empty();
    }

    private boolean forward() {
        return progress.direction() == Direction.FORWARD;
    }
}
