package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import java.util.Optional;

/** The writes of an order that has begun. */
final class Writing {

    private final Situation situation;
    private final Progress progress;
    private final Course course;

    Writing(Situation situation, Progress progress, Course course) {
        this.situation = situation;
        this.progress = progress;
        this.course = course;
    }

    Decision step(Step next) {
        return step(next, progress.because());
    }

    Decision back(String because) {
        boolean all =
                situation.wishes(Directive.Wish.BACK) && situation.directive().atOnce();
        return step(all ? course.atOnce(Direction.BACK) : course.first(Direction.BACK), Optional.of(because));
    }

    private Decision step(Step next, Optional<String> because) {
        return new Decision.Write(situation.progress(next, because), course.fields(next), course.replicas(next));
    }

    Decision hold(String why) {
        return new Decision.Note(
                progress.held(why, situation.epoch(), situation.directive().said()));
    }

    Decision forgive() {
        return new Decision.Note(progress.forgiven(
                situation.now(), situation.epoch(), situation.directive().said()));
    }

    /** What a failure of the batch does. */
    Decision failed(String why) {
        boolean turns = situation.order().conduct().onFailure() == ReleaseOrder.OnFailure.ROLL_BACK
                && progress.direction() == Direction.FORWARD
                && situation.canGoBack();
        return turns ? back(why) : hold(why);
    }
}
