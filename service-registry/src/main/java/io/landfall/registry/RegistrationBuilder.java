package io.landfall.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes an instance, and makes its {@link Registration}. Begins with {@link Registration#of(String)}; for one thread. */
public final class RegistrationBuilder {

    /** A drain's steps have ten seconds, and a registry that answers needs one. */
    private static final Duration WITHDRAW_WITHIN = Duration.ofSeconds(5);
    /** A kubelet brings a changed file after a minute or more. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final String service;
    private int port;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private Optional<String> healthPath = Optional.empty();
    private @Nullable RegistrySettings settings;
    private Duration withdrawWithin = WITHDRAW_WITHIN;
    private Duration lookEvery = LOOK_EVERY;

    RegistrationBuilder(String service) {
        this.service = service;
    }

    /** The port at which the process listens; the one outside too, unless the external address or the settings say another. */
    public RegistrationBuilder port(int listens) {
        port = listens;
        return this;
    }

    /** Adds what consumers may want to know. */
    public RegistrationBuilder metadata(Map<String, String> more) {
        metadata.putAll(more);
        return this;
    }

    /** Where the process answers to health checks, such as {@code /health}. */
    public RegistrationBuilder healthPath(String path) {
        healthPath = Optional.of(path);
        return this;
    }

    /** Where the external address and the pod's name come from; else from this JVM. */
    public RegistrationBuilder settings(RegistrySettings read) {
        settings = read;
        return this;
    }

    /** For how long a withdrawal waits for the registry; else five seconds. */
    public RegistrationBuilder withdrawWithin(Duration bound) {
        withdrawWithin = bound;
        return this;
    }

    /** How often the external address is looked at. */
    RegistrationBuilder lookEvery(Duration period) {
        lookEvery = period;
        return this;
    }

    /** What is wrong with the description so far, each with what to do; empty: nothing. */
    public List<String> violations() {
        List<String> wrong = new ArrayList<>(ServiceInstance.violations(service, metadata, healthPath));
        ServiceInstance.violation(port).ifPresent(wrong::add);
        if (metadata.containsKey(ServiceInstance.POD)) {
            wrong.add("metadata has " + ServiceInstance.POD + ", which is the instance's id: leave it out");
        }
        if (withdrawWithin.isNegative() || withdrawWithin.isZero()) {
            wrong.add("a withdrawal has " + withdrawWithin.toMillis() + " ms: give it some time");
        }
        return wrong;
    }

    /**
     * Makes the registration, which has not registered anything yet. Finds the external address, and waits for it as long as the
     * settings say.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     * @throws IllegalStateException if there is no external address and the settings do not allow that
     */
    public Registration in(ServiceRegistry registry) {
        List<String> wrong = violations();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new Registration(this, registry);
    }

    /** Whether nobody else has these settings, and what they follow. */
    boolean readsSettings() {
        return settings == null;
    }

    InstanceAddress addresses() {
        return new InstanceAddress(settings == null ? RegistrySettings.ofThisJvm() : settings, port);
    }

    ServiceInstance instance(String id, ExternalAddress address) {
        return new ServiceInstance(service, id, address, metadata, healthPath);
    }

    Duration withdrawWithin() {
        return withdrawWithin;
    }

    Duration lookEvery() {
        return lookEvery;
    }
}
