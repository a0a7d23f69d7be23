package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Batches of a StatefulSet, by its partition, from the highest ordinal down. The order of ordinals says what comes first; there is no surge.
 *
 * <p>Its controller does nothing above a pod that is not ready, and takes a broken one of the old template for one to wait for. So a
 * broken pod of the batch is deleted: it comes back with the new template. And a batch that waits in vain for a broken pod below it
 * reaches down to that pod. Broken is what has not been ready for half a minute: a member that misses a probe while another one is
 * replaced would be a second one away.
 */
final class StatefulSetCourse implements Course {

    private static final WorkloadName.Kind KIND = WorkloadName.Kind.STATEFUL_SET;

    private static final Duration IN_VAIN = Duration.ofSeconds(30);

    private final Situation situation;
    private final WorkloadView view;
    private final int pods;

    StatefulSetCourse(Situation situation, WorkloadView view) {
        this.situation = situation;
        this.view = view;
        this.pods = view.replicas();
    }

    @Override
    public Step first(Direction direction) {
        int there = direction == Direction.FORWARD && hasTemplate(direction) ? done() : 0;
        List<Integer> plan = plan();
        int batch = 1 + (int) plan.stream().filter(reached -> reached < there).count();
        return step(
                direction,
                batch,
                plan.stream().filter(reached -> reached >= there).findFirst().orElse(pods));
    }

    /** How many, from the highest ordinal down, have the template. */
    private int done() {
        int lowest = view.pods().stream()
                .filter(PodView::fresh)
                .mapToInt(StatefulSetCourse::ordinal)
                .min()
                .orElse(pods);
        return Math.min(pods - lowest, Math.max(0, pods - view.fields().partition()));
    }

    private Step step(Direction direction, int batch, int allowed) {
        return new Step(direction, batch, allowed, 0, false, pods);
    }

    @Override
    public Step next(Step step) {
        int allowed = plan().stream()
                .filter(reached -> reached > step.allowed())
                .findFirst()
                .orElse(pods);
        return step(step.direction(), step.batch() + 1, allowed);
    }

    private List<Integer> plan() {
        return situation.order().batches().cumulative(KIND, pods);
    }

    /** On the way back, pods below may never have left. */
    @Override
    public boolean last(Step step) {
        return step.last()
                || (step.direction() == Direction.BACK && view.pods().stream().noneMatch(PodView::old));
    }

    /** The partition stays where pods are left above it: new pods come above all others, and are new. */
    @Override
    public Step rescaled(Step step) {
        int partition = step.replicas() - step.allowed();
        int share =
                step.replicas() == 0 ? pods : Shares.roundedUp(Shares.percent(step.allowed(), step.replicas()), pods);
        int allowed = partition < pods ? pods - partition : Math.min(pods, Math.max(1, share));
        return new Step(step.direction(), step.batch(), allowed, 0, false, pods);
    }

    @Override
    public Step atOnce(Direction direction) {
        return new Step(direction, 1, pods, 0, false, pods);
    }

    @Override
    public Step again(Step step) {
        return step(step.direction(), step.batch(), step.allowed());
    }

    @Override
    public Fields fields(Step step) {
        return Fields.partition(step.replicas() - step.allowed());
    }

    @Override
    public int replicas(Step step) {
        return pods;
    }

    @Override
    public Fields staying(Step step) {
        return fields(step);
    }

    @Override
    public Optional<Fields> ending() {
        return Optional.empty();
    }

    @Override
    public boolean intact(Step step) {
        return hasTemplate(step.direction())
                && view.fields().partition() == fields(step).partition();
    }

    private boolean hasTemplate(Direction direction) {
        return view.template() == Template.BOTH
                || view.template() == (direction == Direction.FORWARD ? Template.TARGET : Template.PREVIOUS);
    }

    @Override
    public Readiness readiness(Step step) {
        List<PodView> batch = view.pods().stream()
                .filter(PodView::fresh)
                .filter(pod -> ordinal(pod) >= pods - step.allowed() && ordinal(pod) < pods)
                .toList();
        Readiness readiness = Readiness.of(
                batch, step.allowed(), situation.minReadySeconds(step.direction()), since(), situation.now());
        return ailing().map(pod -> below(pod, step) ? later(brokenAt(pod), inVain()) : brokenAt(pod))
                .filter(at -> at.isAfter(situation.now()))
                .min(Comparator.naturalOrder())
                .map(readiness::notAfter)
                .orElse(readiness);
    }

    private Instant since() {
        return view.progress().map(Progress::since).orElse(situation.now());
    }

    private Instant inVain() {
        return since().plus(IN_VAIN);
    }

    /** Before the controller has seen the newest template nobody can tell which pods are old. */
    @Override
    public Optional<Decision> unblock(Step step) {
        return broken().filter(pod -> view.observed())
                .flatMap(pod -> below(pod, step) ? reachingDown(pod, step) : Optional.of(delete(pod)));
    }

    private Decision delete(PodView pod) {
        return new Decision.DeletePod(pod.name(), pod.uid());
    }

    private Optional<Decision> reachingDown(PodView pod, Step step) {
        return situation.now().isBefore(inVain()) ? Optional.empty() : Optional.of(reachingTo(pod, step));
    }

    private boolean below(PodView pod, Step step) {
        return ordinal(pod) < pods - step.allowed();
    }

    private Decision reachingTo(PodView pod, Step step) {
        Step wider = step(step.direction(), step.batch(), pods - ordinal(pod));
        Optional<String> because = view.progress().flatMap(Progress::because);
        return new Decision.Write(situation.progress(wider, because), fields(wider), pods);
    }

    /** The lowest: nothing above it moves before. */
    private Optional<PodView> broken() {
        return ailing().filter(pod -> !situation.now().isBefore(brokenAt(pod)))
                .min(Comparator.comparing(StatefulSetCourse::ordinal));
    }

    private Stream<PodView> ailing() {
        return view.pods().stream()
                .filter(PodView::old)
                .filter(pod -> pod.readySince().isEmpty() && pod.trouble().isPresent());
    }

    private Instant brokenAt(PodView pod) {
        return pod.unreadySince().orElse(since()).plus(IN_VAIN);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static int ordinal(PodView pod) {
        return Integer.parseInt(pod.name().substring(pod.name().lastIndexOf('-') + 1));
    }
}
