package io.landfall.deploy.release;

import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.LastOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workload with its controllers and kubelets, each of which takes a step when it is told to. */
abstract class WorkloadModel {

    final WorkloadName name;
    final List<PodModel> pods = new ArrayList<>();
    /** What happened to pods, in order. */
    final List<String> events = new ArrayList<>();
    /** Templates of which no pod gets ready. */
    final Set<String> broken = new HashSet<>();

    String template;
    int replicas;
    Fields fields;
    Optional<Progress> progress = Optional.empty();
    Optional<LastOrder> last = Optional.empty();
    Optional<String> changedBy = Optional.empty();
    int version = 1;
    int generation = 1;
    int observed;
    private int made;

    WorkloadModel(WorkloadName name, String template, int replicas, Fields fields) {
        this.name = name;
        this.template = template;
        this.replicas = replicas;
        this.fields = fields;
    }

    /** Returns whether it did something. */
    abstract boolean controllerPass(Instant now);

    abstract int available();

    /** The oldest thing that is to be done on a node: a pod goes, or gets ready. */
    boolean kubeletPass(Instant now) {
        Optional<PodModel> leaving =
                pods.stream().filter(pod -> pod.terminating).findFirst();
        if (leaving.isPresent()) {
            pods.remove(leaving.get());
            events.add("gone " + leaving.get().name);
            return true;
        }
        Optional<PodModel> starting = pods.stream()
                .filter(pod -> pod.readySince.isEmpty() && !broken.contains(pod.template))
                .findFirst();
        starting.ifPresent(pod -> pod.readySince = Optional.of(now));
        return starting.isPresent();
    }

    void create(String podName, String of) {
        pods.add(new PodModel(podName, of, ++made));
        events.add("created " + of);
    }

    String nextName() {
        return name.name() + "-" + (made + 1);
    }

    void terminate(PodModel pod) {
        pod.terminating = true;
        events.add("deleted " + pod.name + " " + pod.template);
    }

    /** Somebody, or the engine, changed the specification. */
    void changed() {
        version++;
        generation++;
    }

    List<PodModel> living() {
        return pods.stream().filter(pod -> !pod.terminating).toList();
    }

    long living(String of) {
        return living().stream().filter(pod -> pod.template.equals(of)).count();
    }

    WorkloadView view(ReleaseOrder order) {
        return new WorkloadView(
                String.valueOf(version),
                replicas,
                templateOf(order),
                observed == generation,
                available(),
                fields,
                progress,
                last,
                changedBy,
                pods.stream().map(pod -> pod.view(template)).toList());
    }

    private WorkloadView.Template templateOf(ReleaseOrder order) {
        boolean previous = order.previous()
                .filter(revision -> Manifests.template(revision).equals(template))
                .isPresent();
        boolean target = order.target() instanceof Target.NewRevision goal
                && Manifests.template(goal.revision()).equals(template);
        if (target) {
            return previous ? WorkloadView.Template.BOTH : WorkloadView.Template.TARGET;
        }
        return previous ? WorkloadView.Template.PREVIOUS : WorkloadView.Template.OTHER;
    }
}
