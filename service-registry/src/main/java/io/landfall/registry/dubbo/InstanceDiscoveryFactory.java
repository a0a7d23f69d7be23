package io.landfall.registry.dubbo;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceDiscoveryFactory;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * Wraps whichever factory Dubbo uses for its application level, as {@link AddressRegistryFactory} does for interfaces. Made by
 * Dubbo, which takes a constructor like this one for a wrapper.
 */
public final class InstanceDiscoveryFactory implements ServiceDiscoveryFactory {

    /** Asks other factories for its parts, and each of those is wrapped. */
    private static final String MULTIPLE = "multiple";

    private final ServiceDiscoveryFactory wrapped;
    private final ConcurrentMap<ServiceDiscovery, InstanceDiscovery> known = new ConcurrentHashMap<>();

    /** Called by Dubbo. */
    public InstanceDiscoveryFactory(ServiceDiscoveryFactory wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public ServiceDiscovery getServiceDiscovery(URL url) {
        ServiceDiscovery discovery = wrapped.getServiceDiscovery(url);
        return discovery == null || MULTIPLE.equals(url.getProtocol())
                ? discovery
                : known.computeIfAbsent(discovery, added -> wrap(url, added));
    }

    private static InstanceDiscovery wrap(URL url, ServiceDiscovery discovery) {
        ApplicationModel application = url.getOrDefaultApplicationModel();
        return new InstanceDiscovery(
                discovery,
                new EnteredInstance(
                        discovery,
                        () -> ApplicationLevel.entry(url, application),
                        Admission.of(application),
                        Evenness.of(application)));
    }
}
