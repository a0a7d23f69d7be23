package io.landfall.deploy.application;

import io.landfall.deploy.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What runs in a pod.
 *
 * @param image without tag and digest: a release says those
 * @param command instead of the image's; empty: the image's
 * @param resources empty: as the namespace says
 * @param variables beside those that the template sets, and instead of those that may be replaced, by name
 * @param files by their paths in the container
 * @param ports of the container, by name; the first is the one that is probed where nothing else is said
 * @param probes instead of the template's
 */
public record DeployConfiguration(
        String image,
        List<String> command,
        Optional<Resources> resources,
        Map<String, Variable> variables,
        Map<String, MountedFile> files,
        List<Port> ports,
        Probes probes) {

    /** Copies the lists and the maps. */
    public DeployConfiguration {
        command = List.copyOf(command);
        variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        ports = List.copyOf(ports);
    }

    /**
     * What a pod asks for, as Kubernetes writes it.
     *
     * @param cpu requested
     * @param cpuLimit empty: none, since a JVM that is throttled answers its probes late
     * @param memory requested, and the limit
     */
    public record Resources(String cpu, Optional<String> cpuLimit, String memory) {}

    /** The value of a variable. */
    public sealed interface Variable {

        /** Text that anybody may read. */
        record Text(String value) implements Variable {}

        /** A key of a Secret that is in the namespace. */
        record FromSecret(String secret, String key) implements Variable {}

        /** A key of a ConfigMap that is in the namespace. */
        record FromConfigMap(String configMap, String key) implements Variable {}
    }

    /** A file in the container. */
    public sealed interface MountedFile {

        /**
         * A file of the repository, which goes where the template goes: back, too.
         *
         * @param content all of it
         */
        record Content(String content) implements MountedFile {}

        /** A key of a Secret that is in the namespace. */
        record FromSecret(String secret, String key) implements MountedFile {}
    }

    /**
     * How a kubelet looks after a container, where the template is not asked.
     *
     * @param readiness whether it may be called
     * @param liveness whether it has to be started anew
     * @param startup whether it has started
     */
    public record Probes(Optional<Check> readiness, Optional<Check> liveness, Optional<Check> startup) {}

    /** What a kubelet does to find out. */
    public sealed interface Check {

        /** Nothing. */
        record None() implements Check {}

        /**
         * Asks for a page.
         *
         * @param path that answers with a 2xx or 3xx
         * @param port by its name, or as a number
         */
        record Http(String path, String port, Timing timing) implements Check {}

        /**
         * Connects.
         *
         * @param port by its name, or as a number
         */
        record Connects(String port, Timing timing) implements Check {}

        /** Runs a command in the container, which ends with 0. */
        record Command(List<String> command, Timing timing) implements Check {

            /** Copies the list. */
            public Command {
                command = List.copyOf(command);
            }
        }
    }

    /**
     * How often a kubelet asks, and how patient it is.
     *
     * @param period seconds; empty: the template's
     * @param timeout seconds; empty: the template's
     * @param failures in a row until it believes them; empty: the template's
     */
    public record Timing(Optional<Integer> period, Optional<Integer> timeout, Optional<Integer> failures) {}
}
