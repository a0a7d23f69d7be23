package io.landfall.deploy.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The API server itself. */
record Server(KubernetesClient client) {

    /** All of them are there from Kubernetes 1.14 on; a cluster may have switched one off. */
    private static final Map<String, String> NEEDED = new TreeMap<>(Map.of(
            "apps/v1", "Deployment",
            "autoscaling/v1", "HorizontalPodAutoscaler",
            "coordination.k8s.io/v1", "Lease",
            "rbac.authorization.k8s.io/v1", "Role",
            "v1", "ConfigMap"));

    List<Finding> version() {
        return List.of(Finding.ok(
                "api-server",
                "Kubernetes " + client.getKubernetesVersion().getGitVersion() + " at " + client.getMasterUrl()));
    }

    List<Finding> versions() {
        List<Finding> missing = NEEDED.entrySet().stream()
                .filter(needed -> !client.supports(needed.getKey(), needed.getValue()))
                .map(needed -> Finding.failure(
                        "api-versions",
                        needed.getValue() + " of " + needed.getKey() + " is not served",
                        "switch it on at the API server"))
                .toList();
        return missing.isEmpty() ? List.of(Finding.ok("api-versions", String.join(", ", NEEDED.keySet()))) : missing;
    }
}
