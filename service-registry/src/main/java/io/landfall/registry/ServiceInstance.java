package io.landfall.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One instance of a service, as consumers find it in a registry.
 *
 * @param service the service's name
 * @param id what tells it from every other instance of the service: the pod's name
 * @param address where the world outside reaches it, with a port
 * @param metadata what else consumers may want to know, in keys and values that every registry takes; always has
 *     {@value #POD}, which is the id
 * @param healthPath where the process answers to health checks, such as {@code /health}. For people and consumers: a registry that
 *     asked there would get the answer of any pod behind the address, so none does
 */
public record ServiceInstance(
        String service, String id, ExternalAddress address, Map<String, String> metadata, Optional<String> healthPath) {

    /** In every entry, so that pods behind one address stay distinct. */
    public static final String POD = "landfall.pod";

    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?");
    /** Consul's limits; and Eureka makes XML elements of keys. */
    private static final Pattern KEY = Pattern.compile("(?!consul-)[A-Za-z][A-Za-z0-9._-]{0,127}");

    private static final int LONGEST_VALUE = 512;
    /** Consul's are 64; it gets one more here, and a pod's name may be among these. */
    private static final int MOST_PAIRS = 63;

    /**
     * Copies the metadata.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public ServiceInstance {
        List<String> wrong = violations(service, metadata, healthPath);
        if (!ID.matcher(id).matches()) {
            wrong.add("the instance's id is '" + id + "': use the pod's name");
        }
        if (!metadata.getOrDefault(POD, id).equals(id)) {
            wrong.add("metadata has " + POD + ", which is the instance's id: leave it out");
        }
        if (address.port().isEmpty() || address.wildcard()) {
            wrong.add("the address " + address + " is not that of an instance: it needs a port, and a name of its own");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        Map<String, String> all = new HashMap<>(metadata);
        all.put(POD, id);
        metadata = Map.copyOf(all);
    }

    /** The port of the address. */
    public int port() {
        return address.port().orElseThrow();
    }

    /** The same instance at another address, which has a port. */
    ServiceInstance at(ExternalAddress other) {
        return new ServiceInstance(service, id, other, metadata, healthPath);
    }

    /** What is wrong with that part of an instance that does not depend on where it runs. */
    static List<String> violations(String service, Map<String, String> metadata, Optional<String> healthPath) {
        List<String> wrong = new ArrayList<>();
        if (!SERVICE.matcher(service).matches()) {
            wrong.add("the service's name is '" + service
                    + "': use up to 63 letters, digits, dots, dashes and underscores");
        }
        healthPath
                .filter(path -> !isPath(path))
                .ifPresent(path -> wrong.add("the health path is '" + path + "': write it as in /health"));
        metadata.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                wrong.add("metadata has the key '" + key + "': use a letter, then letters, digits, dots, dashes and"
                        + " underscores, up to 128, and do not begin with consul-");
            }
            if (value.length() > LONGEST_VALUE) {
                wrong.add("metadata's value of " + key + " has " + value.length() + " characters: use up to "
                        + LONGEST_VALUE);
            }
        });
        if (metadata.size() > MOST_PAIRS) {
            wrong.add("metadata has " + metadata.size() + " keys: use up to " + MOST_PAIRS);
        }
        Set<String> inConsul = new HashSet<>();
        Stream.concat(Stream.of(POD), metadata.keySet().stream())
                .distinct()
                .filter(key -> !inConsul.add(withoutDots(key)))
                .forEach(
                        key -> wrong.add("metadata has another key that Consul, which takes no dots, cannot tell from '"
                                + key + "': dots become dashes there"));
        return wrong;
    }

    /** A key as a registry has it that takes no dots. */
    public static String withoutDots(String key) {
        return key.replace('.', '-');
    }

    /** What is wrong with a port, if anything. */
    static Optional<String> violation(int port) {
        return port >= 1 && port <= HIGHEST_PORT
                ? Optional.empty()
                : Optional.of("the port is " + port + ": use a number from 1 to " + HIGHEST_PORT);
    }

    private static boolean isPath(String path) {
        try {
            return path.startsWith("/") && !path.startsWith("//") && path.equals(new URI(path).getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
