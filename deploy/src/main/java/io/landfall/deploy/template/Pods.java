package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.Optional;

/** Finds pods in workloads. */
final class Pods {

    private Pods() {}

    /** What a workload makes pods from; empty: it is none that is known. */
    static Optional<PodTemplateSpec> template(HasMetadata workload) {
        if (workload instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate());
        }
        if (workload instanceof StatefulSet set) {
            return Optional.of(set.getSpec().getTemplate());
        }
        if (workload instanceof CronJob job) {
            return Optional.of(job.getSpec().getJobTemplate().getSpec().getTemplate());
        }
        if (workload instanceof io.fabric8.kubernetes.api.model.batch.v1beta1.CronJob job) {
            return Optional.of(job.getSpec().getJobTemplate().getSpec().getTemplate());
        }
        return Optional.empty();
    }

    /** The container with the application's name, or else the first. */
    static Optional<Container> main(PodSpec spec, String name) {
        return spec.getContainers().stream()
                .filter(container -> name.equals(container.getName()))
                .findFirst()
                .or(() -> spec.getContainers().stream().findFirst());
    }
}
