package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.SessionAffinityConfigBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.landfall.deploy.Balancer;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.kubernetes.BalancerAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A way in to an application, as objects of Kubernetes. A pure function: the same access gives the same Service. */
public final class TrafficTemplate {

    static final String APPLICATION = "app.kubernetes.io/name";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String LANDFALL = "landfall";

    /** How pods come onto nodes. */
    public enum Spread {
        /** As evenly as there is room. */
        PREFERRED("ScheduleAnyway"),
        /**
         * Not unevenly by more than one: a pod for which there is no such node waits. Before Kubernetes 1.26 a node with a taint counts as
         * one without pods, so that no other may have two.
         */
        REQUIRED("DoNotSchedule");

        private final String kubernetes;

        Spread(String kubernetes) {
            this.kubernetes = kubernetes;
        }
    }

    private TrafficTemplate() {}

    /** The Service of a way in. */
    public static Service render(TrafficAccess access, Backend backend) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(access.name())
                .withNamespace(backend.namespace())
                .withLabels(labels(backend))
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(backend.selector())
                .withPorts(access.ports().stream().map(TrafficTemplate::port).toList())
                .endSpec()
                .build();
        if (balanced(access)) {
            service.getSpec().setType("LoadBalancer");
            BalancerAddress.ask(service, access.balancer(), access.address());
        }
        affinity(service.getSpec(), access.affinity());
        return service;
    }

    /** What spreads an application's pods over nodes, for their template. */
    public static TopologySpreadConstraint spread(Map<String, String> selector, Spread spread) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable(spread.kubernetes)
                .withNewLabelSelector()
                .withMatchLabels(selector)
                .endLabelSelector()
                .build();
    }

    /** An internal way in has a balancer where it wants an address of it, or names its internal pool. */
    static boolean balanced(TrafficAccess access) {
        return access.reach() == Reach.EXTERNAL
                || access.address().isPresent()
                || (access.balancer().kind() != Balancer.Kind.NONE
                        && access.balancer().pool().isPresent());
    }

    private static Map<String, String> labels(Backend backend) {
        Map<String, String> labels = new TreeMap<>(backend.labels());
        labels.put(APPLICATION, backend.application());
        labels.put(MANAGED_BY, LANDFALL);
        return labels;
    }

    private static ServicePort port(TrafficPort port) {
        return new ServicePortBuilder()
                .withName(port.name())
                .withPort(port.port())
                .withTargetPort(target(port.target()))
                .withProtocol(port.transport().name())
                .withAppProtocol(appProtocol(port.speaks()).orElse(null))
                .build();
    }

    private static IntOrString target(String target) {
        return target.matches("[0-9]{1,5}") ? new IntOrString(Integer.parseInt(target)) : new IntOrString(target);
    }

    /** A name that IANA has not given needs a prefix. Kubernetes' own is HTTP/2 without TLS, which triple is. */
    private static Optional<String> appProtocol(Speaks speaks) {
        return switch (speaks) {
            case HTTP -> Optional.of("http");
            case HTTPS -> Optional.of("https");
            case TRI -> Optional.of("kubernetes.io/h2c");
            case DUBBO -> Optional.of("dubbo.apache.org/dubbo");
            case OTHER -> Optional.empty();
        };
    }

    /** Said where there is none, too: else one that was there before would stay. */
    private static void affinity(ServiceSpec spec, Optional<TrafficAccess.Affinity> affinity) {
        spec.setSessionAffinity(affinity.isPresent() ? "ClientIP" : "None");
        affinity.ifPresent(wanted -> spec.setSessionAffinityConfig(new SessionAffinityConfigBuilder()
                .withNewClientIP()
                .withTimeoutSeconds(wanted.seconds())
                .endClientIP()
                .build()));
    }
}
