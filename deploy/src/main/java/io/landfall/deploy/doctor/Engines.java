package io.landfall.deploy.doctor;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Who says that it is the engine, and when it last did. */
record Engines(KubernetesClient client, String namespace) {

    /** Of every environment. */
    static final String LEASE = "landfall-engine";

    List<Finding> leases() {
        Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
        Optional<LeaseSpec> held = Optional.ofNullable(lease)
                .map(Lease::getSpec)
                .filter(spec -> spec.getHolderIdentity() != null
                        && !spec.getHolderIdentity().isEmpty()
                        && spec.getRenewTime() != null);
        return List.of(held.map(Engines::finding)
                .orElseGet(() -> Finding.warning(
                        "engine", "none runs", "start one with landfall engine, or release with --wait")));
    }

    private static Finding finding(LeaseSpec spec) {
        Duration silent = Duration.between(
                spec.getRenewTime(), ZonedDateTime.now(spec.getRenewTime().getZone()));
        String who = spec.getHolderIdentity() + " was heard of " + Math.max(0, silent.toSeconds()) + " s ago";
        int patience = spec.getLeaseDurationSeconds() == null ? 0 : spec.getLeaseDurationSeconds();
        return silent.toSeconds() > patience
                ? Finding.warning(
                        "engine", "none runs; " + who, "start one with landfall engine, or release with --wait")
                : Finding.ok("engine", who);
    }
}
