package io.landfall.deploy.release;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Progress.Direction;
import java.util.Optional;

/** What keeps an order from its batches: what people said of it, and what others did to its workload. */
final class Interruption {

    private static final String CHANGED = "changed by somebody else: ";
    private static final String NOWHERE =
            "there is nothing to go back to: say stay, or run, or release something else after it";

    private final Situation situation;
    private final WorkloadView view;
    private final Progress progress;
    private final Course course;
    private final Writing writing;

    Interruption(Situation situation, WorkloadView view, Progress progress, Course course, Writing writing) {
        this.situation = situation;
        this.view = view;
        this.progress = progress;
        this.course = course;
        this.writing = writing;
    }

    /** The first that there is; empty: it goes on. */
    Optional<Decision> first() {
        return stayed().or(this::turned).or(this::changed).or(this::held);
    }

    private Optional<Decision> stayed() {
        return situation.wishes(Wish.STAY)
                ? Optional.of(new Ending(situation, view, course).stayed(progress))
                : Optional.empty();
    }

    private Optional<Decision> turned() {
        if (!situation.wishes(Wish.BACK) || progress.direction() == Direction.BACK) {
            return Optional.empty();
        }
        if (situation.canGoBack()) {
            return Optional.of(writing.back(Ending.wanted(situation)));
        }
        boolean told = progress.hold().isPresent() && !said();
        return told ? Optional.empty() : Optional.of(writing.hold(NOWHERE));
    }

    /** Somebody else's change stays until a person has said something after it was seen. */
    private Optional<Decision> changed() {
        if (course.intact(progress.step())) {
            return Optional.empty();
        }
        Optional<String> seen = progress.hold().filter(why -> why.startsWith(CHANGED));
        if (seen.isEmpty()) {
            return Optional.of(
                    writing.hold(CHANGED + view.changedBy().orElse("its template, or the fields of the release")));
        }
        return Optional.of(forgiven() ? writing.step(course.again(progress.step())) : Situation.waiting(seen.get()));
    }

    private Optional<Decision> held() {
        return progress.hold().map(why -> forgiven() ? writing.forgive() : Situation.waiting(why));
    }

    private boolean said() {
        return situation.directive().said() > progress.heard();
    }

    private boolean forgiven() {
        return said() && !situation.wishes(Wish.PAUSE);
    }
}
