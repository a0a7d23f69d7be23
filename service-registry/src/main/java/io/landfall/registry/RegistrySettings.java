package io.landfall.registry;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about its registration: system properties {@code landfall.registry.*}, or the environment's
 * {@code LANDFALL_REGISTRY_*}.
 *
 * @param enabled whether addresses are replaced at all: {@code landfall.registry.enabled}; unset: yes in a pod, or where an
 *     address or its file is named
 * @param addresses where to look for the external address; for how long, where it may come later:
 *     {@code landfall.registry.wait}
 * @param missing what to do when it is nowhere: {@code landfall.registry.missing}
 * @param ports the port outside of a protocol, where it is not the container's and each protocol has its own:
 *     {@code landfall.registry.ports}, such as {@code dubbo:30880, tri:30051}; Spring Cloud's is called {@code http}, and that
 *     of Dubbo's metadata service, where it has one of its own, {@code metadata}
 * @param dubbo what is for Dubbo alone
 * @param inCluster ways around the balancer
 * @param share what this pod contributes: {@code landfall.pod.name} (else {@code POD_NAME},
 *     {@code HOSTNAME}), {@code landfall.registry.entries}
 */
public record RegistrySettings(
        boolean enabled,
        AddressChain addresses,
        Missing missing,
        Map<String, Integer> ports,
        ForDubbo dubbo,
        InCluster inCluster,
        Optional<PodShare> share) {

    private static final String FILE_DEFAULT = "/etc/landfall/eip";
    /** A kubelet looks at what it injects every minute, and caches what it saw for another one. */
    private static final Duration WAIT_DEFAULT = Duration.ofMinutes(2);

    /** More connections than that of one consumer to one pod are somebody's decision, and nobody's surprise. */
    private static final int INTERFACES_DEFAULT = 20;

    private static final int HIGHEST_PORT = 65_535;

    /** Copies the map. */
    public RegistrySettings {
        ports = Map.copyOf(ports);
    }

    /**
     * What an application says about Dubbo's registration.
     *
     * @param podIpAtApplicationLevel whether the pod's own address may be registered at application level, where an external one
     *     cannot be shared fairly: {@code landfall.registry.application-level}, {@code refuse} or {@code pod-ip}
     * @param oneAddressInNacos whether an address that is not a wildcard may be registered in Nacos, whose clients miss most of the pods
     *     that come and go behind one: {@code landfall.registry.nacos}, {@code refuse} or {@code allow}
     * @param evensConnections whether connections are kept evenly spread over the pods behind one address, also those of web servers:
     *     {@code landfall.registry.even}
     * @param mostInterfaces how many interfaces may be registered over the dubbo protocol at an address that is not a wildcard, where
     *     each has a connection of its own from every consumer: {@code landfall.registry.interfaces}
     */
    public record ForDubbo(
            boolean podIpAtApplicationLevel, boolean oneAddressInNacos, boolean evensConnections, int mostInterfaces) {}

    /** What to do without an external address. */
    public enum Missing {
        /** Stop the application's start with the list of places looked at. */
        FAIL,
        /** Register the pod's own address, with a warning. */
        POD_IP
    }

    /** An external address as the consumers of a protocol see it. */
    public ExternalAddress seenBy(ExternalAddress address, String protocol) {
        Integer port = ports.get(protocol);
        return port == null ? address : address.withPort(port);
    }

    /** Reads them from this JVM. */
    public static RegistrySettings ofThisJvm() {
        return read(System.getProperties(), System.getenv());
    }

    /**
     * Reads them from where an application has them.
     *
     * @param properties a property's value by its name
     * @param environment the environment's variables
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static RegistrySettings read(
            Function<String, @Nullable String> properties, Map<String, String> environment) {
        return new Reader(properties, environment).read();
    }

    static RegistrySettings read(Properties properties, Map<String, String> environment) {
        return read((Function<String, @Nullable String>) properties::getProperty, environment);
    }

    /** Collects every violation before it complains. */
    private static final class Reader {
        private static final String ENABLED = "landfall.registry.enabled";
        private static final String EVEN = "landfall.registry.even";
        private static final String FILE = "landfall.eip.file";
        private static final String WAIT = "landfall.registry.wait";
        private static final String PORTS = "landfall.registry.ports";
        private static final String INTERFACES = "landfall.registry.interfaces";
        private static final int MOST_INTERFACES = 10_000;
        private static final String APPLICATION_LEVEL = "landfall.registry.application-level";
        private static final Pattern PORT = Pattern.compile("([a-z][a-z0-9+.-]*):([0-9]{1,5})");

        private final Function<String, @Nullable String> properties;
        private final Map<String, String> environment;
        private final List<String> wrong = new ArrayList<>();

        Reader(Function<String, @Nullable String> properties, Map<String, String> environment) {
            this.properties = properties;
            this.environment = environment;
        }

        RegistrySettings read() {
            boolean enabled = enabled();
            Missing missing = missing();
            AddressChain addresses = addresses();
            Map<String, Integer> ports = ports();
            ForDubbo dubbo = dubbo();
            InCluster inCluster = inCluster();
            Optional<PodShare> share = enabled ? share() : Optional.empty();
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", wrong));
            }
            return new RegistrySettings(enabled, addresses, missing, ports, dubbo, inCluster, share);
        }

        private boolean enabled() {
            if (text(ENABLED) == null) {
                return environment.containsKey("KUBERNETES_SERVICE_HOST")
                        || text("landfall.registry.address") != null
                        || text(FILE) != null;
            }
            return isTrue(ENABLED, false);
        }

        private boolean isTrue(String name, boolean unset) {
            String value = text(name);
            if (value == null) {
                return unset;
            }
            if (!value.equals("true") && !value.equals("false")) {
                wrong.add(name + " is '" + value + "': use true or false");
            }
            return value.equals("true");
        }

        private AddressChain addresses() {
            List<AddressSource> places = new ArrayList<>(List.of(
                    AddressSources.property(
                            "landfall.registry.address", () -> properties.apply("landfall.registry.address")),
                    AddressSources.environment(
                            "LANDFALL_REGISTRY_ADDRESS", () -> environment.get("LANDFALL_REGISTRY_ADDRESS")),
                    file()));
            for (AddressSourceProvider provider : ServiceLoader.load(AddressSourceProvider.class)) {
                try {
                    provider.from(this::text).ifPresent(places::add);
                } catch (IllegalArgumentException e) {
                    wrong.add(String.valueOf(e.getMessage()));
                }
            }
            return new AddressChain(places);
        }

        /** Waits for a file that is there and empty, or that somebody promised by naming it. */
        private AddressSource file() {
            String named = text(FILE);
            Path path = path(named);
            Duration wait = duration(WAIT);
            boolean promised = named != null || Files.exists(path);
            return promised ? AddressSources.file(path, wait) : AddressSources.file(path);
        }

        private Path path(@Nullable String named) {
            try {
                return Path.of(named == null ? FILE_DEFAULT : named);
            } catch (InvalidPathException e) {
                wrong.add(FILE + " is '" + named + "', which is no path: " + e.getReason());
                return Path.of(FILE_DEFAULT);
            }
        }

        private Duration duration(String name) {
            String value = text(name);
            try {
                Duration wait = value == null ? WAIT_DEFAULT : Duration.parse("PT" + value.strip());
                if (!wait.isNegative()) {
                    return wait;
                }
            } catch (DateTimeParseException noTime) {
                // said below
            }
            wrong.add(name + " is '" + value + "': write a time such as 90s, or 0s");
            return WAIT_DEFAULT;
        }

        private Map<String, Integer> ports() {
            Map<String, Integer> ports = new HashMap<>();
            String value = text(PORTS);
            if (value != null) {
                for (String part : value.split(",", -1)) {
                    Matcher matcher = PORT.matcher(part.strip());
                    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
                    if (port < 1 || port > HIGHEST_PORT || ports.put(matcher.group(1), port) != null) {
                        wrong.add(PORTS + " has '" + part.strip()
                                + "': write each protocol once, as in dubbo:30880, tri:30051");
                    }
                }
            }
            return ports;
        }

        private Missing missing() {
            String value = text("landfall.registry.missing");
            if (value == null || value.equals("fail")) {
                return Missing.FAIL;
            }
            if (!value.equals("pod-ip")) {
                wrong.add("landfall.registry.missing is '" + value + "': use fail or pod-ip");
            }
            return Missing.POD_IP;
        }

        private ForDubbo dubbo() {
            return new ForDubbo(
                    isAllowed(APPLICATION_LEVEL, "pod-ip"),
                    isAllowed("landfall.registry.nacos", "allow"),
                    isTrue(EVEN, true),
                    interfaces());
        }

        private InCluster inCluster() {
            String ip = properties.apply("landfall.pod.ip");
            InCluster inCluster = new InCluster(
                    isTrue("landfall.registry.pod-ip", false),
                    isTrue("landfall.registry.prefer-pod-ip", false),
                    Optional.ofNullable(ip == null ? environment.get("POD_IP") : ip)
                            .filter(address -> !address.isBlank()));
            if (inCluster.told()) {
                inCluster.podIp().ifPresent(this::refuseWhatIsNoPods);
            }
            return inCluster;
        }

        private void refuseWhatIsNoPods(String ip) {
            try {
                PodAddress unused = PodAddress.of(ip, HIGHEST_PORT);
            } catch (IllegalArgumentException e) {
                wrong.add("POD_IP (landfall.pod.ip) is '" + ip + "', which is no address of a pod: " + e.getMessage());
            }
        }

        private boolean isAllowed(String name, String word) {
            String value = text(name);
            if (value == null || value.equals("refuse")) {
                return false;
            }
            if (!value.equals(word)) {
                wrong.add(name + " is '" + value + "': use refuse or " + word);
            }
            return true;
        }

        private int interfaces() {
            String value = text(INTERFACES);
            if (value == null) {
                return INTERFACES_DEFAULT;
            }
            if (!value.matches("[0-9]{1,5}")
                    || Integer.parseInt(value) < 1
                    || Integer.parseInt(value) > MOST_INTERFACES) {
                wrong.add(INTERFACES + " is '" + value + "': use a number from 1 to " + MOST_INTERFACES);
                return INTERFACES_DEFAULT;
            }
            return Integer.parseInt(value);
        }

        private Optional<PodShare> share() {
            String fromEnvironment = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
            String named = properties.apply("landfall.pod.name");
            String pod = named == null ? fromEnvironment : named;
            try {
                return Optional.of(new PodShare(pod, entries()));
            } catch (IllegalArgumentException e) {
                wrong.add(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private int entries() {
            String value = text("landfall.registry.entries");
            try {
                return value == null ? PodShare.DEFAULT_ENTRIES : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("landfall.registry.entries is '" + value + "', which is no number");
            }
        }

        /** A property, else the variable of the same name: dots become underscores, dashes vanish. */
        private @Nullable String text(String name) {
            String variable = name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
            String property = properties.apply(name);
            String value = property == null ? environment.get(variable) : property;
            return value == null || value.isBlank() ? null : value.trim();
        }
    }
}
