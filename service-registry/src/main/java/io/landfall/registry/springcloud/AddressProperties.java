package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.PodShare;
import io.landfall.registry.RegistrySettings;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.MapPropertySource;

/** What the environment says about the external address, and where that came from. Does not change; another one takes its place. */
final class AddressProperties extends MapPropertySource {

    static final String NAME = "landfallExternalAddress";

    private final RegistrySettings settings;
    private final ExternalAddress found;
    private final String healthPath;

    /**
     * For one address.
     *
     * @param settings with a pod's name
     * @param found as its place says it
     * @param healthPath where the application answers to health checks, such as {@code /actuator/health}
     */
    AddressProperties(RegistrySettings settings, ExternalAddress found, String healthPath) {
        super(NAME, properties(settings, found, healthPath));
        this.settings = settings;
        this.found = found;
        this.healthPath = healthPath;
    }

    private static Map<String, Object> properties(RegistrySettings settings, ExternalAddress found, String healthPath) {
        return DiscoveryProperties.of(registered(settings, found), pod(settings), healthPath);
    }

    private static ExternalAddress registered(RegistrySettings settings, ExternalAddress found) {
        return settings.seenBy(found, "http").named(pod(settings));
    }

    private static String pod(RegistrySettings settings) {
        return settings.share().map(PodShare::pod).orElseThrow();
    }

    /** The address as it is registered. */
    ExternalAddress address() {
        return registered(settings, found);
    }

    /**
     * Those for the address that there is now, if it is another one. An address that has vanished is no other: whoever is registered
     * stays so.
     *
     * @throws RuntimeException if it cannot be read
     */
    Optional<AddressProperties> changed() {
        return settings.addresses()
                .look()
                .filter(now -> !now.equals(found))
                .map(now -> new AddressProperties(settings, now, healthPath));
    }

    /** Nobody will ask for {@link #changed} again. */
    void followNoLonger() {
        settings.addresses().close();
    }
}
