package io.landfall.deploy;

import java.util.Optional;

/**
 * Who routes the external addresses.
 *
 * @param kind whose annotations are written
 * @param pool of the addresses; empty: whichever has them
 * @param loadBalancerClass of the Services; empty: the cluster's default. It cannot be changed later
 * @param traffic which nodes take traffic
 */
public record Balancer(Kind kind, Optional<String> pool, Optional<String> loadBalancerClass, Traffic traffic) {

    /** Whose annotations. */
    public enum Kind {
        /** MetalLB. */
        METALLB,
        /** OpenELB. */
        OPENELB,
        /** OpenELB when it was called Porter. */
        PORTER,
        /** No annotation: {@code spec.loadBalancerIP} alone, which others read. */
        NONE
    }

    /** A Service's {@code externalTrafficPolicy}. */
    public enum Traffic {
        /** Every node takes traffic, and sends it on. */
        CLUSTER,
        /** The pod's node alone does, and the pod sees where it came from. The balancer has to send it to that node. */
        LOCAL
    }
}
