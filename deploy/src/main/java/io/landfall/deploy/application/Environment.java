package io.landfall.deploy.application;

import io.landfall.deploy.InstanceTable;
import java.util.List;
import java.util.Optional;

/**
 * An application in one environment: what the file says of all of them, and what it says of this one instead.
 *
 * @param name {@code production}
 * @param place the cluster, and where in it
 * @param rollout how many pods, and how they are replaced
 * @param deploy what runs
 * @param parameters of the template
 * @param config where its configuration comes from; empty: it has none of Landfall's
 * @param traffic ways in, by name
 * @param registered the address that pods register, and that the world outside reaches them by: an address, a host name or a
 *     wildcard name. Empty: their own
 * @param instances of a StatefulSet with an address for each pod; empty: this is none
 */
public record Environment(
        String name,
        Place place,
        Rollout rollout,
        DeployConfiguration deploy,
        ParameterValues parameters,
        Optional<ConfigSource> config,
        List<TrafficAccess> traffic,
        Optional<String> registered,
        Optional<InstanceTable> instances) {

    /** Copies the list. */
    public Environment {
        traffic = List.copyOf(traffic);
    }
}
