package io.landfall.deploy.application;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * A way in to an application: one Service.
 *
 * @param name of the Service, unlike others of its namespace
 * @param reach who comes this way
 * @param address outside that was planned for it; empty: the balancer chooses one. An internal way in has none, unless its balancer
 *     gives addresses inside the company
 * @param balancer who routes the address; an internal way in without an address has {@link Balancer.Kind#NONE}
 * @param ports at least one, with names and numbers unlike each other's
 * @param affinity whether one caller stays with one pod; empty: it does not
 */
public record TrafficAccess(
        String name,
        Reach reach,
        Optional<IpAddress> address,
        Balancer balancer,
        List<TrafficPort> ports,
        Optional<Affinity> affinity) {

    /** Copies the list. */
    public TrafficAccess {
        ports = List.copyOf(ports);
    }

    /** Who comes this way. */
    public enum Reach {
        /** Callers in the cluster: a Service of type ClusterIP, or LoadBalancer where an address is named. */
        INTERNAL,
        /** Callers outside: a Service of type LoadBalancer. */
        EXTERNAL
    }

    /**
     * A port outside, and where it leads.
     *
     * @param name of the Service's port
     * @param port outside, from 1 to 65535
     * @param target the container's port, by its name or as a number
     * @param transport below it
     * @param speaks what is spoken over it
     */
    public record TrafficPort(String name, int port, String target, Transport transport, Speaks speaks) {}

    /** What carries it. */
    public enum Transport {
        /** Connections. */
        TCP,
        /** Datagrams. */
        UDP
    }

    /** What is spoken over a port. */
    public enum Speaks {
        /** HTTP, and HTTP/2 without TLS. */
        HTTP,
        /** HTTP over TLS, which the pods end themselves. */
        HTTPS,
        /** Dubbo's own protocol. */
        DUBBO,
        /** Triple. */
        TRI,
        /** Anything else. */
        OTHER
    }

    /**
     * One caller's connections go to one pod, as far as its address tells it from others ({@code ClientIP}).
     *
     * @param seconds how long after the last connection, from 1 to 86400
     */
    public record Affinity(int seconds) {}
}
