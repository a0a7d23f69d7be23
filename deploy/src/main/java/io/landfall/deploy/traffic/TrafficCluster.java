package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.api.ApiCalls;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.kubernetes.Difference;
import io.landfall.deploy.traffic.ServiceDirectory.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways in to applications of a namespace. Every call may throw a {@link KubernetesClientException}, after some attempts where
 * another one may help. One thread.
 */
public final class TrafficCluster {

    private static final Logger log = LoggerFactory.getLogger(TrafficCluster.class);
    private static final String FIELD_MANAGER = "landfall";

    private final KubernetesClient client;
    private final ServiceDirectory directory;
    private final ApiCalls api = new ApiCalls();

    /**
     * Calls nobody yet.
     *
     * @param client closed by whoever made it
     * @param directory {@link ClusterServices}
     */
    public TrafficCluster(KubernetesClient client, ServiceDirectory directory) {
        this.client = client;
        this.directory = directory;
    }

    /**
     * Says what applying them would do, and changes nothing.
     *
     * @param accesses all ways in to the application
     * @throws RefusedException if they cannot work, in any cluster
     */
    public List<TrafficPlan> plan(List<TrafficAccess> accesses, Backend backend) {
        List<Violation> wrong = TrafficRules.check(accesses);
        if (!wrong.isEmpty()) {
            throw new RefusedException(wrong);
        }
        Seen seen = directory.look(service -> !Reached.of(service).addresses().isEmpty());
        return accesses.stream().map(access -> plan(access, backend, seen)).toList();
    }

    /**
     * Carries plans out. A Service that somebody has changed since is refused.
     *
     * @param takeOver whether somebody agreed to what is taken over
     * @param force whether somebody agreed to take fields from others
     * @param progress told of each step when it is done
     * @throws RefusedException before anything is changed if nobody agreed; or where the API server refuses
     */
    public void apply(List<TrafficPlan> plans, boolean takeOver, boolean force, Consumer<String> progress) {
        TrafficPlan.check(plans, takeOver, force);
        for (TrafficPlan plan : plans) {
            Service pinned = pinned(plan);
            try {
                api.call(() -> applied(pinned, false, force));
            } catch (KubernetesClientException refused) {
                throw new RefusedException(ApiRefusal.of(pinned, refused));
            }
            String place = TakeOver.place(plan.service());
            progress.accept("applied " + place);
            log.info("Applied {}", place);
        }
    }

    private TrafficPlan plan(TrafficAccess access, Backend backend, Seen seen) {
        Service desired = TrafficTemplate.render(access, backend);
        Optional<Service> now =
                Optional.ofNullable(api.call(() -> resource(desired).get()));
        List<Violation> refused = new ArrayList<>();
        List<Violation> conflicts = new ArrayList<>();
        Service merged = tried(desired, refused, conflicts);
        checkFamily(desired, merged, refused);
        List<String> notes = new ArrayList<>(TrafficRules.warnings(access));
        if (TrafficTemplate.balanced(access)) {
            seen.notLookedAt().ifPresent(notes::add);
        }
        return new TrafficPlan(
                desired,
                now,
                refused.isEmpty() ? changes(now, merged) : List.of(),
                refused,
                TakeOver.of(access.balancer().kind(), merged, now, elsewhere(desired, seen)),
                conflicts,
                notes);
    }

    /** Without the ports of nodes: those of a dry run are not those that it will have. */
    private static List<String> changes(Optional<Service> now, Service merged) {
        return Difference.of(now.map(TrafficCluster::withoutNodePorts).orElse(null), withoutNodePorts(merged));
    }

    private static Service withoutNodePorts(Service service) {
        Service copy = new ServiceBuilder(service).build();
        copy.getSpec().setHealthCheckNodePort(null);
        copy.getSpec().getPorts().forEach(port -> port.setNodePort(null));
        return copy;
    }

    /** A cluster without IPv6 drops the field, and says nothing. */
    private static void checkFamily(Service desired, Service merged, List<Violation> refused) {
        if (desired.getSpec().getIpFamilies().contains("IPv6")
                && !merged.getSpec().getIpFamilies().contains("IPv6")) {
            refused.add(new Violation(
                    TakeOver.place(desired),
                    "its address is one of IPv6, and this cluster gives Services none",
                    "take an IPv4 address, or a cluster with IPv6"));
        }
    }

    /** As the API server would have it. Taking fields from others is tried too, since somebody may agree to it. */
    private Service tried(Service desired, List<Violation> refused, List<Violation> conflicts) {
        try {
            return api.call(() -> applied(desired, true, false));
        } catch (KubernetesClientException one) {
            if (!ApiRefusal.isConflict(one)) {
                refused.addAll(ApiRefusal.of(desired, one));
                return desired;
            }
            conflicts.addAll(ApiRefusal.of(desired, one));
        }
        try {
            return api.call(() -> applied(desired, true, true));
        } catch (KubernetesClientException other) {
            refused.addAll(ApiRefusal.of(desired, other));
            return desired;
        }
    }

    private static List<Service> elsewhere(Service desired, Seen seen) {
        String own = TakeOver.place(desired);
        return seen.services().stream()
                .filter(service -> !TakeOver.place(service).equals(own))
                .toList();
    }

    /** Applied only to what was looked at: its version is in it. */
    private static Service pinned(TrafficPlan plan) {
        return plan.now()
                .map(now -> new ServiceBuilder(plan.service())
                        .editMetadata()
                        .withResourceVersion(now.getMetadata().getResourceVersion())
                        .endMetadata()
                        .build())
                .orElse(plan.service());
    }

    private Service applied(Service service, boolean dryRun, boolean force) {
        ServerSideApplicable<Service> call = resource(service).dryRun(dryRun).fieldManager(FIELD_MANAGER);
        return (force ? call.forceConflicts() : call).serverSideApply();
    }

    private Resource<Service> resource(Service service) {
        return client.resource(service).inNamespace(service.getMetadata().getNamespace());
    }
}
