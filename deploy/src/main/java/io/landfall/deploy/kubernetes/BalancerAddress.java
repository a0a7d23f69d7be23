package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.landfall.deploy.Balancer;
import io.landfall.deploy.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How a Service of type LoadBalancer asks for its address: each balancer in its own words. */
public final class BalancerAddress {

    private static final String KUBESPHERE = "lb.kubesphere.io/v1alpha1";
    /** New and old name: MetalLB reads the new one first, and before 0.14.9 it knows the old one only. */
    private static final List<String> METALLB =
            List.of("metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs");

    private static final String OPENELB = "eip.openelb.kubesphere.io/v1alpha1";
    private static final String PORTER = "eip.porter.kubesphere.io/v1alpha1";

    private BalancerAddress() {}

    /**
     * Writes what a balancer reads.
     *
     * @param service of type LoadBalancer, changed in place
     * @param address empty: the balancer chooses one
     */
    public static void ask(Service service, Balancer balancer, Optional<IpAddress> address) {
        ServiceSpec spec = service.getSpec();
        annotations(balancer, address)
                .forEach((name, value) -> service.getMetadata().getAnnotations().put(name, value));
        spec.setLoadBalancerClass(balancer.loadBalancerClass().orElse(null));
        spec.setExternalTrafficPolicy(policy(balancer.traffic()));
        if (balancer.kind() != Balancer.Kind.METALLB) {
            // MetalLB refuses a Service that has both this and its annotation.
            spec.setLoadBalancerIP(address.map(IpAddress::text).orElse(null));
        }
        if (address.filter(IpAddress::ipv6).isPresent()) {
            spec.setIpFamilies(List.of("IPv6"));
            spec.setIpFamilyPolicy("SingleStack");
        }
    }

    /** The addresses that a Service asks for, in whoever's words, as they are written. */
    public static Set<String> asked(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        Set<String> asked = new TreeSet<>();
        Stream.concat(METALLB.stream(), Stream.of(OPENELB, PORTER))
                .flatMap(name -> Stream.of(annotations.getOrDefault(name, "").split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(asked::add);
        String field = service.getSpec() == null ? null : service.getSpec().getLoadBalancerIP();
        if (field != null && !field.isEmpty()) {
            asked.add(field);
        }
        return asked;
    }

    private static Map<String, String> annotations(Balancer balancer, Optional<IpAddress> address) {
        Map<String, String> annotations = new TreeMap<>();
        switch (balancer.kind()) {
            case OPENELB -> annotations.put(KUBESPHERE, "openelb");
            case PORTER -> annotations.put(KUBESPHERE, "porter");
            default -> {
                // nobody needs to be named
            }
        }
        address.ifPresent(ip -> addressKeys(balancer.kind()).forEach(key -> annotations.put(key, ip.text())));
        balancer.pool().ifPresent(pool -> poolKeys(balancer.kind()).forEach(key -> annotations.put(key, pool)));
        return annotations;
    }

    /** Where it is none of these, the Service's own field has the address. */
    private static List<String> addressKeys(Balancer.Kind kind) {
        return switch (kind) {
            case METALLB -> METALLB;
            case OPENELB -> List.of(OPENELB);
            case PORTER -> List.of(PORTER);
            case NONE -> List.of();
        };
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
}
