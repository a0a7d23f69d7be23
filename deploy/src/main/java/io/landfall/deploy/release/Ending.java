package io.landfall.deploy.release;

import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.Progress.Direction;
import java.util.Optional;

/** The last write of an order to its workload, and what it says of it. */
final class Ending {

    private final Situation situation;
    private final WorkloadView view;
    private final Course course;

    Ending(Situation situation, WorkloadView view, Course course) {
        this.situation = situation;
        this.view = view;
        this.course = course;
    }

    Decision reached(Progress progress) {
        boolean forward = progress.direction() == Direction.FORWARD;
        return situation.end(
                progress.direction(),
                course.ending(),
                course.replicas(progress.step()),
                forward ? Result.DONE : Result.ROLLED_BACK,
                forward ? done(situation, view) : progress.because().orElseGet(() -> wanted(situation)));
    }

    Decision stayed(Progress progress) {
        return situation.end(
                progress.direction(),
                Optional.of(course.staying(progress.step())),
                view.replicas(),
                Result.STAYED,
                situation.directive().by() + " ended it in batch " + progress.batch()
                        + progress.hold().map(why -> ": " + why).orElse(""));
    }

    static String done(Situation situation, WorkloadView view) {
        return situation.order().target() instanceof Target.NewRevision target
                ? view.replicas() + " pods have " + target.revision().image()
                : "there are " + view.replicas() + " pods";
    }

    static String wanted(Situation situation) {
        return situation.directive().by() + " wanted it back";
    }
}
