package io.landfall.registry;

import java.util.Optional;

/**
 * Ways around the balancer, for consumers in the same cluster: the pod network knows the shortest one.
 *
 * @param told whether entries say the pod's own address, beside the external one: {@code landfall.registry.pod-ip}
 * @param preferred whether this consumer calls pods at that address, where entries say it:
 *     {@code landfall.registry.prefer-pod-ip}
 * @param podIp {@code landfall.pod.ip}, else {@code POD_IP}; empty: what the application itself takes for its address
 */
public record InCluster(boolean told, boolean preferred, Optional<String> podIp) {

    /**
     * What this pod's entries say; empty if they are to say nothing.
     *
     * @param found what the application itself takes for its address
     * @param port where it listens
     * @throws IllegalArgumentException if that is no address; the message says what it is
     */
    public Optional<PodAddress> address(String found, int port) {
        return told ? Optional.of(PodAddress.of(podIp.orElse(found), port)) : Optional.empty();
    }
}
