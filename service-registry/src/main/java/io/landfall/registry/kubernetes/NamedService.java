package io.landfall.registry.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.util.Optional;

/**
 * Which Service has the address.
 *
 * @param namespace where it is; empty: where this pod is
 */
record NamedService(Optional<String> namespace, String name) {

    /** The Service itself. fabric8 lists and watches it by a field selector on its name, so a Role may name it, too. */
    ServiceResource<Service> in(KubernetesClient client) {
        return client.services()
                .inNamespace(namespace.orElseGet(client::getNamespace))
                .withName(name);
    }

    /** What the log calls its address. */
    String place() {
        return "status.loadBalancer.ingress of Service "
                + namespace.map(n -> n + "/").orElse("") + name;
    }
}
