package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.landfall.deploy.Balancer;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The headless Service, and one with an external address for each pod. */
final class Services {

    private static final String KUBESPHERE = "lb.kubesphere.io/v1alpha1";

    private final InstanceTable table;

    Services(InstanceTable table) {
        this.table = table;
    }

    Service headless() {
        return new ServiceBuilder()
                .withMetadata(Names.metadata(table, table.name()))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Names.selector(table))
                .withPorts(ports())
                .endSpec()
                .build();
    }

    Service external(Instance instance) {
        String pod = table.podName(instance.ordinal());
        Balancer balancer = table.balancer();
        Service service = new ServiceBuilder()
                .withMetadata(Names.metadata(table, pod))
                .editMetadata()
                .addToLabels(Names.ADDRESS_OF, table.name())
                .withAnnotations(annotations(balancer, instance.address().text()))
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withLoadBalancerClass(balancer.loadBalancerClass().orElse(null))
                .withExternalTrafficPolicy(policy(balancer.traffic()))
                .withSelector(Map.of(Names.POD_LABEL, pod))
                .withPorts(ports())
                .endSpec()
                .build();
        if (balancer.kind() != Balancer.Kind.METALLB) {
            // MetalLB refuses a Service that has both this and its annotation.
            service.getSpec().setLoadBalancerIP(instance.address().text());
        }
        if (instance.address().ipv6()) {
            service.getSpec().setIpFamilies(List.of("IPv6"));
            service.getSpec().setIpFamilyPolicy("SingleStack");
        }
        return service;
    }

    /** Old and new names of MetalLB's together: it reads the new one first, and before 0.14.9 it knows the old one only. */
    private static Map<String, String> annotations(Balancer balancer, String address) {
        Map<String, String> annotations = new TreeMap<>();
        switch (balancer.kind()) {
            case METALLB -> {
                annotations.put("metallb.io/loadBalancerIPs", address);
                annotations.put("metallb.universe.tf/loadBalancerIPs", address);
            }
            case OPENELB -> {
                annotations.put(KUBESPHERE, "openelb");
                annotations.put("eip.openelb.kubesphere.io/v1alpha1", address);
            }
            case PORTER -> {
                annotations.put(KUBESPHERE, "porter");
                annotations.put("eip.porter.kubesphere.io/v1alpha1", address);
            }
            case NONE -> {
                // the Service's own field has it
            }
        }
        balancer.pool().ifPresent(pool -> poolKeys(balancer.kind()).forEach(key -> annotations.put(key, pool)));
        return annotations;
    }

    private static List<String> poolKeys(Balancer.Kind kind) {
        return switch (kind) {
            case METALLB -> List.of("metallb.io/address-pool", "metallb.universe.tf/address-pool");
            case OPENELB -> List.of("eip.openelb.kubesphere.io/v1alpha2");
            case PORTER -> List.of("eip.porter.kubesphere.io/v1alpha2");
            case NONE -> List.of();
        };
    }

    private static String policy(Balancer.Traffic traffic) {
        String word = traffic.name();
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    private List<ServicePort> ports() {
        return table.container().ports().stream()
                .map(port -> new ServicePortBuilder()
                        .withName(port.name())
                        .withPort(port.number())
                        .withNewTargetPort(port.name())
                        .withProtocol("TCP")
                        .build())
                .toList();
    }
}
