package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether MetalLB lets two Services have one address: they name the same key, and lead any node's traffic to the same pods. */
final class SharedAddress {

    private SharedAddress() {}

    /**
     * Why it would not.
     *
     * @param merged a Service as it would be
     * @return empty: it would, unless they have a port in common
     */
    static Optional<String> obstacle(Service merged, Service other) {
        String key = key(merged);
        String others = key(other);
        if (others.isEmpty()) {
            return Optional.of("that has no annotation metallb.io/allow-shared-ip");
        }
        if (!key.equals(others)) {
            return Optional.of("its metallb.io/allow-shared-ip is '" + others + "', not '" + key + "'");
        }
        return backend(merged).equals(backend(other))
                ? Optional.empty()
                : Optional.of("with externalTrafficPolicy Local, both need the same policy and the same selector");
    }

    private static String key(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return annotations.getOrDefault(
                "metallb.io/allow-shared-ip", annotations.getOrDefault("metallb.universe.tf/allow-shared-ip", ""));
    }

    private static String backend(Service service) {
        return "Local".equals(service.getSpec().getExternalTrafficPolicy())
                ? new TreeMap<>(service.getSpec().getSelector()).toString()
                : "";
    }
}
