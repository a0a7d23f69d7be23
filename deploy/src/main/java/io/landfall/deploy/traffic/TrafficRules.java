package io.landfall.deploy.traffic;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What no cluster is needed for to see that it is wrong, or that it does not do what it seems to. */
public final class TrafficRules {

    /** The API server's own limit. */
    private static final int LONGEST_AFFINITY = 86_400;

    private static final String AFFINITY_LOCAL =
            "Session affinity is kept by each node for itself. It holds where one caller's connections always come to the same node: behind"
                    + " a balancer that announces an address from one node (layer 2), or one that chooses by the caller's address alone, not by"
                    + " ports. Callers behind one NAT have one address, and all go to one pod.";

    private static final String AFFINITY_CLUSTER =
            "Session affinity with traffic: cluster: pods see nodes' addresses and not callers', and a balancer that changes the caller's"
                    + " address on its way to a node makes all callers behind it one, which go to one pod. Each node remembers for itself, so"
                    + " that a caller who comes in by another node gets another pod. Say traffic: local, and spread the pods over nodes; unless one node alone announces the"
                    + " address (layer 2), where this is the better way.";

    private static final String LOCAL =
            "traffic: local: a balancer gives each node with a ready pod the same share, however many pods it has, so that two pods on one"
                    + " node get half of it each; a node without one gets nothing. Where one node announces the address (layer 2), that"
                    + " node's pods get all of it, and the others nothing.";

    private TrafficRules() {}

    /**
     * What cannot work.
     *
     * @param accesses all ways in to one application
     */
    public static List<Violation> check(List<TrafficAccess> accesses) {
        List<Violation> wrong = new ArrayList<>();
        Map<String, String> taken = new HashMap<>();
        for (TrafficAccess access : accesses) {
            checkAffinity(access, wrong);
            checkProtocols(access, wrong);
            access.address().ifPresent(address -> checkPorts(access, address, taken, wrong));
        }
        return wrong;
    }

    /** What works, and not as one may think. */
    public static List<String> warnings(TrafficAccess access) {
        List<String> warnings = new ArrayList<>();
        if (!TrafficTemplate.balanced(access)) {
            return warnings;
        }
        boolean local = access.balancer().traffic() == Balancer.Traffic.LOCAL;
        if (access.affinity().isPresent()) {
            warnings.add(local ? AFFINITY_LOCAL : AFFINITY_CLUSTER);
        }
        if (local) {
            warnings.add(LOCAL);
        }
        if (access.balancer().kind() == Balancer.Kind.OPENELB
                && access.address().filter(IpAddress::ipv6).isPresent()) {
            warnings.add("OpenELB's documentation says that it has no IPv6: look whether the address is answered.");
        }
        return warnings;
    }

    private static void checkAffinity(TrafficAccess access, List<Violation> wrong) {
        access.affinity()
                .filter(affinity -> affinity.seconds() < 1 || affinity.seconds() > LONGEST_AFFINITY)
                .ifPresent(affinity -> wrong.add(new Violation(
                        "way in " + access.name() + ", affinity",
                        affinity.seconds() + " s is no time that Kubernetes keeps a caller",
                        "write 1 to " + LONGEST_AFFINITY + " s; 10800 is usual")));
    }

    /** Kubernetes has it for LoadBalancers since 1.26 (1.24 behind a switch). */
    private static void checkProtocols(TrafficAccess access, List<Violation> wrong) {
        if (TrafficTemplate.balanced(access)
                && access.ports().stream()
                                .map(TrafficPort::transport)
                                .distinct()
                                .count()
                        > 1) {
            wrong.add(new Violation(
                    "way in " + access.name() + ", ports",
                    "TCP and UDP behind one balancer's address is more than Kubernetes before 1.26 can",
                    "make a way in for each of them"));
        }
    }

    private static void checkPorts(
            TrafficAccess access, IpAddress address, Map<String, String> taken, List<Violation> wrong) {
        for (TrafficPort port : access.ports()) {
            String before = taken.putIfAbsent(port.transport() + " " + address.withPort(port.port()), access.name());
            if (before != null) {
                wrong.add(new Violation(
                        "way in " + access.name() + ", port " + port.name(),
                        address.withPort(port.port()) + " is also that of " + before,
                        "give one of them another port or address"));
            }
        }
    }
}
