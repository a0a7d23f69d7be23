package io.landfall.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What runs in each pod.
 *
 * @param image with its tag or digest
 * @param command instead of the image's; empty: the image's
 * @param environment variables beside those that the template sets, by name
 * @param agent the place in the image of the agent that tells a JVM its external address; empty: none
 * @param ports at least one; the first is the one at which instances know each other
 * @param probe when it is ready
 * @param resources empty: as the namespace says
 */
public record Container(
        String image,
        List<String> command,
        Map<String, String> environment,
        Optional<String> agent,
        List<Port> ports,
        Probe probe,
        Optional<Resources> resources) {

    /** Copies the lists and the map. */
    public Container {
        command = List.copyOf(command);
        environment = new TreeMap<>(environment);
        ports = List.copyOf(ports);
    }

    /**
     * What each pod asks for.
     *
     * @param cpu as Kubernetes writes it: {@code 500m}; requested, and not a limit
     * @param memory {@code 2Gi}; requested, and the limit
     */
    public record Resources(String cpu, String memory) {}
}
