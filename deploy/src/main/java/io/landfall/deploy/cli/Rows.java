package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.InstancePlan;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.ObservedInstances;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.kubernetes.InstanceCluster;
import java.util.List;

/** The rows of a table of instances, where a release finds them running: it brings another image, and neither moves nor drops anything. */
record Rows(InstanceTable table, String namespace) {

    /** @throws RefusedException if the table is not what runs */
    void requireApplied(KubernetesClient client) {
        ObservedInstances running = new InstanceCluster(client, namespace).running(table);
        if (running.replicas().isEmpty()) {
            return;
        }
        List<Violation> ahead = InstancePlan.changes(table, running).stream()
                .map(step -> new Violation(
                        step.instance(),
                        "the table is ahead of what runs: " + step
                                + ", and a release asks nobody whether that is meant",
                        "say landfall instances apply first"))
                .toList();
        if (!ahead.isEmpty()) {
            throw new RefusedException(ahead);
        }
    }
}
