package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Manifest;
import java.util.List;
import java.util.Map;

/** What an order may bring before its workload. */
final class FirstObjects {

    /** By kind, the API group and the plural. */
    static final Map<String, String> GROUPS = Map.of(
            "ConfigMap", "",
            "Service", "",
            "Ingress", "networking.k8s.io",
            "PodDisruptionBudget", "policy");

    private FirstObjects() {}

    static void check(List<Manifest> first, String namespace, DryRun dryRun, List<Violation> violations) {
        for (Manifest manifest : first) {
            if (manifest.kind().equals("Secret")) {
                violations.add(new Violation(
                        manifest.toString(),
                        "an order is kept in a ConfigMap, which is no place for a Secret",
                        "publish it before, and name it in the template"));
            } else if (!GROUPS.containsKey(manifest.kind())) {
                violations.add(new Violation(
                        manifest.toString(),
                        "an order does not bring a " + manifest.kind(),
                        "apply it before; an order brings "
                                + String.join(
                                        ", ", GROUPS.keySet().stream().sorted().toList())));
            } else {
                ObjectNode object = Json.object(manifest.json());
                dryRun.of(Place.of(object, namespace), object);
            }
        }
    }
}
