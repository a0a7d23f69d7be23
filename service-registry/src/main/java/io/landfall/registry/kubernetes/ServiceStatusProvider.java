package io.landfall.registry.kubernetes;

import io.landfall.registry.AddressSource;
import io.landfall.registry.AddressSourceProvider;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The status of the Service that {@code landfall.registry.service} names. Needs {@code io.fabric8:kubernetes-client}; made by
 * {@link java.util.ServiceLoader}.
 */
public final class ServiceStatusProvider implements AddressSourceProvider {

    private static final String SERVICE = "landfall.registry.service";
    private static final String WAIT = "landfall.registry.wait";
    private static final Duration WAIT_DEFAULT = Duration.ofMinutes(2);
    private static final String CLIENT = "io.fabric8.kubernetes.client.KubernetesClientBuilder";

    /** Called by Java. */
    public ServiceStatusProvider() {}

    @Override
    public Optional<AddressSource> from(Function<String, @Nullable String> settings) {
        String service = settings.apply(SERVICE);
        if (service == null) {
            return Optional.empty();
        }
        if (!isOnTheClassPath()) {
            throw new IllegalArgumentException(SERVICE + " is '" + service
                    + "', but io.fabric8:kubernetes-client is not on the class path: add it");
        }
        return Optional.of(new ServiceStatus(
                Optional.ofNullable(settings.apply("landfall.pod.namespace")), service, wait(settings.apply(WAIT))));
    }

    private static Duration wait(@Nullable String text) {
        try {
            return text == null ? WAIT_DEFAULT : Duration.parse("PT" + text.strip());
        } catch (DateTimeParseException noTime) {
            // Whoever reads the settings says so, for all places that wait.
            return WAIT_DEFAULT;
        }
    }

    private static boolean isOnTheClassPath() {
        try {
            Class.forName(CLIENT, false, ServiceStatusProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
