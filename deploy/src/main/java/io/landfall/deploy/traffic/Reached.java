package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.kubernetes.BalancerAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a Service is reached from outside.
 *
 * @param addresses that it has or asks for, from whatever field
 * @param ports {@code TCP 80}
 */
record Reached(Set<String> addresses, Set<String> ports) {

    static Reached of(Service service) {
        Set<String> addresses = new TreeSet<>();
        if (service.getSpec() == null) {
            return new Reached(addresses, Set.of());
        }
        service.getSpec().getExternalIPs().forEach(address -> addresses.add(normal(address)));
        if ("LoadBalancer".equals(service.getSpec().getType())) {
            BalancerAddress.asked(service).forEach(address -> addresses.add(normal(address)));
            addresses.addAll(given(service));
        }
        return new Reached(addresses, ports(service));
    }

    /** Those that its balancer has given it. */
    static Set<String> given(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return Set.of();
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(ingress -> ingress.getIp() == null ? ingress.getHostname() : normal(ingress.getIp()))
                .filter(address -> address != null && !address.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ports(Service service) {
        return service.getSpec().getPorts().stream()
                .map(port -> (port.getProtocol() == null ? "TCP" : port.getProtocol()) + " " + port.getPort())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One address may be written in several ways. */
    private static String normal(String address) {
        try {
            return IpAddress.parse(address).text();
        } catch (IllegalArgumentException notReadable) {
            return address;
        }
    }
}
