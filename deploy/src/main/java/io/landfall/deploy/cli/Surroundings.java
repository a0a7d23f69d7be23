package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command gets from outside.
 *
 * @param environment the variables of the process
 * @param clock for how long pods are ready, and how long somebody waits
 * @param clusters opens a connection
 * @param desks opens the releases of a namespace
 * @param termination how somebody is told to end who would go on for ever
 */
record Surroundings(
        Map<String, String> environment,
        Clock clock,
        Function<Place, KubernetesClient> clusters,
        Function<Place, ReleaseDesk> desks,
        Supplier<Termination> termination) {}
