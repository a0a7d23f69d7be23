package io.landfall.registry;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about its registration: system properties {@code landfall.registry.*}, or the environment's
 * {@code LANDFALL_REGISTRY_*}.
 *
 * @param enabled whether addresses are replaced at all: {@code landfall.registry.enabled}; unset: yes in a pod, or where an
 *     address or its file is named
 * @param addresses where to look for the external address
 * @param missing what to do when it is nowhere: {@code landfall.registry.missing}
 * @param share what this pod contributes: {@code landfall.pod.name} (else {@code POD_NAME},
 *     {@code HOSTNAME}), {@code landfall.registry.entries}
 */
public record RegistrySettings(boolean enabled, AddressChain addresses, Missing missing, Optional<PodShare> share) {

    private static final String FILE_DEFAULT = "/etc/landfall/eip";

    /** What to do without an external address. */
    public enum Missing {
        /** Stop the application's start with the list of places looked at. */
        FAIL,
        /** Register the pod's own address, with a warning. */
        POD_IP
    }

    /** Reads them from this JVM. */
    public static RegistrySettings ofThisJvm() {
        return read(System.getProperties(), System.getenv());
    }

    static RegistrySettings read(Properties properties, Map<String, String> environment) {
        return new Reader(properties, environment).read();
    }

    /** Collects every violation before it complains. */
    private static final class Reader {
        private final Properties properties;
        private final Map<String, String> environment;
        private final List<String> wrong = new ArrayList<>();

        Reader(Properties properties, Map<String, String> environment) {
            this.properties = properties;
            this.environment = environment;
        }

        RegistrySettings read() {
            boolean enabled = enabled();
            Missing missing = missing();
            AddressChain addresses = addresses();
            Optional<PodShare> share = enabled ? share() : Optional.empty();
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", wrong));
            }
            return new RegistrySettings(enabled, addresses, missing, share);
        }

        private boolean enabled() {
            String value = text("landfall.registry.enabled");
            if (value == null) {
                return environment.containsKey("KUBERNETES_SERVICE_HOST")
                        || text("landfall.registry.address") != null
                        || text("landfall.eip.file") != null;
            }
            if (!value.equals("true") && !value.equals("false")) {
                wrong.add("landfall.registry.enabled is '" + value + "': use true or false");
            }
            return value.equals("true");
        }

        private AddressChain addresses() {
            return new AddressChain(List.of(
                    AddressSources.property(
                            "landfall.registry.address", () -> properties.getProperty("landfall.registry.address")),
                    AddressSources.environment(
                            "LANDFALL_REGISTRY_ADDRESS", () -> environment.get("LANDFALL_REGISTRY_ADDRESS")),
                    AddressSources.file(file())));
        }

        private Path file() {
            String value = text("landfall.eip.file");
            try {
                return Path.of(value == null ? FILE_DEFAULT : value);
            } catch (InvalidPathException e) {
                wrong.add("landfall.eip.file is '" + value + "', which is no path: " + e.getReason());
                return Path.of(FILE_DEFAULT);
            }
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

        private Optional<PodShare> share() {
            String fromEnvironment = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
            String pod = properties.getProperty("landfall.pod.name", fromEnvironment);
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
            String value = properties.getProperty(name, environment.get(variable));
            return value == null || value.isBlank() ? null : value.trim();
        }
    }
}
