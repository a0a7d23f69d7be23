package io.landfall.deploy.release;

import io.landfall.deploy.release.WorkloadView.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A StatefulSet with ordered pods and a partition, as in {@code pkg/controller/statefulset} of Kubernetes 1.20 to 1.36. */
final class StatefulSetModel extends WorkloadModel {

    /** The revision that pods below the partition have. */
    private String current;

    StatefulSetModel(WorkloadName name, String template, int replicas, Fields fields) {
        super(name, template, replicas, fields);
        this.current = template;
    }

    @Override
    boolean controllerPass(Instant now) {
        boolean news = observed != generation;
        observed = generation;
        return inOrder() || news;
    }

    private boolean inOrder() {
        for (int ordinal = 0; ordinal < replicas; ordinal++) {
            Optional<PodModel> pod = pod(ordinal);
            if (pod.isEmpty()) {
                create(name.name() + "-" + ordinal, ordinal < fields.partition() ? current : template);
                return true;
            }
            if (pod.get().terminating || pod.get().readySince.isEmpty()) {
                return false;
            }
        }
        return condemned() || update();
    }

    private boolean condemned() {
        List<PodModel> above = pods.stream()
                .filter(pod -> ordinal(pod) >= replicas)
                .sorted(Comparator.comparingInt(StatefulSetModel::ordinal).reversed())
                .toList();
        return !above.isEmpty() && delete(above.get(0));
    }

    private boolean update() {
        for (int ordinal = replicas - 1; ordinal >= fields.partition(); ordinal--) {
            PodModel pod = pod(ordinal).orElseThrow();
            if (!pod.template.equals(template)) {
                return delete(pod);
            }
        }
        if (living(template) == replicas) {
            current = template;
        }
        return false;
    }

    private boolean delete(PodModel pod) {
        if (pod.terminating) {
            return false;
        }
        terminate(pod);
        return true;
    }

    private Optional<PodModel> pod(int ordinal) {
        return pods.stream().filter(pod -> ordinal(pod) == ordinal).findFirst();
    }

    static int ordinal(PodModel pod) {
        return Integer.parseInt(pod.name.substring(pod.name.lastIndexOf('-') + 1));
    }

    @Override
    int available() {
        return 0;
    }
}
