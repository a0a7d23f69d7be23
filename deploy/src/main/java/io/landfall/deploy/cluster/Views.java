package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView;
import io.landfall.deploy.release.WorkloadView.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts together what is seen of an order's workload. For several threads. */
final class Views {

    private final ClusterWatch watch;
    private final Function<Pod, Optional<String>> trouble;

    Views(ClusterWatch watch, Function<Pod, Optional<String>> trouble) {
        this.watch = watch;
        this.trouble = trouble;
    }

    Optional<WorkloadView> view(ReleaseOrder order) {
        return watch.workloads(order.workload().kind())
                .get(order.workload().name())
                .map(workload -> view(order, workload));
    }

    private WorkloadView view(ReleaseOrder order, WorkloadFacts workload) {
        Optional<Progress> progress = workload.release();
        Template template = template(order, workload);
        List<ReplicaSetFacts> sets = watch.replicaSets(workload);
        List<PodView> pods = pods(workload, sets);
        return new WorkloadView(
                workload.version().text(),
                workload.replicas(),
                template,
                workload.observed(),
                available(workload, sets, pods),
                workload.fields(),
                progress,
                workload.lastOrder(),
                changedBy(workload, progress, template),
                pods);
    }

    /** Whose template it is. An order for another number of pods leaves the template as it was, so that is its target. */
    private static Template template(ReleaseOrder order, WorkloadFacts workload) {
        Optional<String> previous = order.previous().map(revision -> digest(revision.manifest()));
        Optional<String> target = order.target() instanceof Target.NewRevision revised
                ? Optional.of(digest(revised.revision().manifest()))
                : previous;
        boolean isTarget = target.filter(workload.template()::equals).isPresent();
        boolean isPrevious = previous.filter(workload.template()::equals).isPresent();
        if (isTarget) {
            return isPrevious ? Template.BOTH : Template.TARGET;
        }
        return isPrevious ? Template.PREVIOUS : Template.OTHER;
    }

    private static String digest(Manifest manifest) {
        JsonNode object = Json.object(manifest.json());
        return PodTemplates.digest(object.path("spec").path("template"));
    }

    /** Where no release has written anything, everything is somebody else's, and that is no change. */
    private static Optional<String> changedBy(WorkloadFacts workload, Optional<Progress> progress, Template template) {
        String who = workload.others().stream().map(Ownership.Foreign::toString).collect(Collectors.joining(", "));
        if (workload.progress().isPresent() && progress.isEmpty()) {
            return Optional.of("the annotation " + Marks.RELEASE + " cannot be read"
                    + (who.isEmpty() ? "" : "; changed by " + who));
        }
        if (progress.isPresent() && !who.isEmpty()) {
            return Optional.of(who);
        }
        if (template == Template.OTHER) {
            return Optional.of(who.isEmpty() ? "somebody who took fields away from the template" : who);
        }
        return Optional.empty();
    }

    private List<PodView> pods(WorkloadFacts workload, List<ReplicaSetFacts> sets) {
        if (workload.name().kind() == Kind.STATEFUL_SET) {
            // Until it is observed, its status speaks of an earlier template.
            Predicate<PodFacts> current =
                    pod -> workload.observed() && pod.revision().equals(workload.updateRevision());
            return pods(Set.of(workload.version().uid()), current);
        }
        Set<String> all = sets.stream().map(set -> set.version().uid()).collect(Collectors.toSet());
        Set<String> ofTemplate = sets.stream()
                .filter(set -> set.template().equals(workload.template()))
                .map(set -> set.version().uid())
                .collect(Collectors.toSet());
        return pods(all, pod -> ofTemplate.contains(pod.owner()));
    }

    private List<PodView> pods(Set<String> owners, Predicate<PodFacts> current) {
        return owners.stream()
                .flatMap(watch.pods()::ownedBy)
                .filter(pod -> !pod.ended())
                .map(pod -> new PodView(
                        pod.name(),
                        pod.version().uid(),
                        current.test(pod),
                        pod.terminating(),
                        pod.readySince(),
                        pod.unreadySince(),
                        pod.restarts(),
                        pod.restartedAt(),
                        pod.broken().flatMap(trouble)))
                .sorted(Comparator.comparing(PodView::name))
                .toList();
    }

    /** What cannot be known yet is the most that it can be. */
    private static int available(WorkloadFacts workload, List<ReplicaSetFacts> sets, List<PodView> pods) {
        int fresh = (int) pods.stream().filter(PodView::current).count();
        return sets.stream()
                .filter(set -> set.template().equals(workload.template()))
                .mapToInt(set -> set.observed()
                                && set.minReadySeconds() == workload.fields().minReadySeconds()
                        ? set.available()
                        : Math.max(set.replicas(), fresh))
                .sum();
    }
}
