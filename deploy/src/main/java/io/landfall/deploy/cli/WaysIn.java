package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.template.RenderRequest.Served;
import io.landfall.deploy.traffic.Backend;
import io.landfall.deploy.traffic.ClusterServices;
import io.landfall.deploy.traffic.TrafficCluster;
import io.landfall.deploy.traffic.TrafficPlan;
import io.landfall.deploy.traffic.TrafficRules;
import io.landfall.deploy.traffic.TrafficTemplate;
import java.util.List;
import java.util.Map;

/** The ways in to an application, leading to the pods that its template makes. */
record WaysIn(Chosen chosen) {

    List<Service> services() {
        List<Violation> wrong = TrafficRules.check(chosen.environment().traffic());
        if (!wrong.isEmpty()) {
            throw new RefusedException(wrong);
        }
        Backend backend = backend();
        return chosen.environment().traffic().stream()
                .map(access -> TrafficTemplate.render(access, backend))
                .toList();
    }

    List<TrafficPlan> plan(KubernetesClient client) {
        return cluster(client).plan(chosen.environment().traffic(), backend());
    }

    TrafficCluster cluster(KubernetesClient client) {
        String namespace = chosen.environment().place().namespace();
        return new TrafficCluster(client, new ClusterServices(client, namespace));
    }

    private Backend backend() {
        HasMetadata workload =
                Rendering.ofAnyImage(chosen).rendered(Served.CURRENT).workload();
        return new Backend(
                chosen.application().name(), chosen.environment().place().namespace(), Map.of(), selector(workload));
    }

    private Map<String, String> selector(HasMetadata workload) {
        if (workload instanceof Deployment deployment) {
            return deployment.getSpec().getSelector().getMatchLabels();
        }
        if (workload instanceof StatefulSet set) {
            return set.getSpec().getSelector().getMatchLabels();
        }
        throw new RefusedException(List.of(new Violation(
                chosen.application().name(), "a " + workload.getKind() + " has no way in", "take traffic away")));
    }
}
