package io.landfall.deploy.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The batch that runs: whether its pods are ready, have been for long enough, and are well. */
final class Batch {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    /** An engine looks when the time is over; so much later it has. */
    private static final Duration LOOKED_AT = Duration.ofMinutes(1);

    private final Situation situation;
    private final WorkloadView view;
    private final Progress progress;
    private final Course course;
    private final ReleaseOrder.Conduct conduct;

    Batch(Situation situation, WorkloadView view, Progress progress, Course course) {
        this.situation = situation;
        this.view = view;
        this.progress = progress;
        this.course = course;
        this.conduct = situation.order().conduct();
    }

    /** What to do while it is not ready; empty: it is. */
    Optional<Decision> unready(Function<String, Decision> failed) {
        Optional<String> broken = progress.direction() == Progress.Direction.FORWARD
                ? Gates.broken(situation.order(), view)
                : Optional.empty();
        if (broken.isPresent()) {
            return broken.map(failed);
        }
        Readiness readiness = readiness();
        if (readiness.at().isPresent()) {
            return Optional.empty();
        }
        Instant deadline = deadline();
        return Optional.of(
                situation.now().isBefore(deadline)
                        ? course.unblock(progress.step()).orElseGet(() -> waiting(readiness, deadline))
                        : failed.apply(name() + " was not ready in "
                                + conduct.batchDeadline().toSeconds() + " s: " + readiness.why()));
    }

    /**
     * Until when it has to be ready. One that was ready in time, and is not any more while it waits for a person or soaks, has as long again: a
     * node that goes is no reason against a version. Pods that are missing have no date; those that are when the time is over never came.
     */
    private Instant deadline() {
        Instant first = progress.since().plus(conduct.batchDeadline());
        List<Instant> since = view.pods().stream()
                .filter(PodView::fresh)
                .flatMap(pod -> unreadySince(pod).stream())
                .toList();
        boolean inTime = since.isEmpty()
                ? situation.now().isAfter(first.plus(LOOKED_AT))
                : since.stream().allMatch(first::isBefore);
        if (situation.now().isBefore(first) || !inTime || !waited(first)) {
            return first;
        }
        return since.stream()
                .max(Comparator.naturalOrder())
                .orElse(situation.now())
                .plus(conduct.batchDeadline());
    }

    /** One that is ready and has not been for long enough is as good as one that is not. */
    private Optional<Instant> unreadySince(PodView pod) {
        Duration least = Duration.ofSeconds(situation.minReadySeconds(progress.direction()));
        return pod.unreadySince()
                .or(() -> pod.readySince().filter(at -> at.plus(least).isAfter(situation.now())));
    }

    private boolean waited(Instant first) {
        Step step = progress.step();
        boolean person = situation.wishes(Directive.Wish.PAUSE)
                || (conduct.advance() == ReleaseOrder.Advance.MANUAL
                        && progress.direction() == Progress.Direction.FORWARD
                        && !course.last(step));
        return person || situation.now().isBefore(first.plus(conduct.soak()));
    }

    private Readiness readiness() {
        return view.observed()
                ? course.readiness(progress.step())
                : Readiness.not("its controller has not seen the last change");
    }

    private Decision waiting(Readiness readiness, Instant deadline) {
        Instant next = readiness.next().filter(at -> at.isBefore(deadline)).orElse(deadline);
        return new Decision.Wait(name() + ": " + readiness.why(), Optional.of(next));
    }

    /** What to do while one that is ready soaks; empty: it has. */
    Optional<Decision> soaking() {
        Instant soaked = ready().plus(conduct.soak());
        return situation.now().isBefore(soaked)
                ? Optional.of(new Decision.Wait(name() + " is ready and soaks", Optional.of(soaked)))
                : Optional.empty();
    }

    /** What to do with one that is ready and does not pass its gates; empty: it does. */
    Optional<Decision> unwell(Function<String, Decision> failed) {
        Verdict verdict = situation.gates().get();
        if (verdict instanceof Verdict.Failed bad) {
            return Optional.of(failed.apply(name() + " is bad: " + bad.why()));
        }
        return verdict instanceof Verdict.Unknown unknown ? Optional.of(unknown(unknown, failed)) : Optional.empty();
    }

    private Instant ready() {
        return readiness().at().orElse(situation.now());
    }

    private Decision unknown(Verdict.Unknown unknown, Function<String, Decision> failed) {
        String why = name() + ", nobody knows whether it is well: " + unknown.why();
        Instant deadline = ready().plus(conduct.soak()).plus(conduct.batchDeadline());
        return situation.now().isBefore(deadline)
                ? new Decision.Wait(why, Optional.of(situation.now().plus(ASK_AGAIN)))
                : failed.apply(why);
    }

    private String name() {
        boolean back = progress.direction() == Progress.Direction.BACK;
        return "batch " + progress.batch() + (back ? " of the way back" : "");
    }
}
