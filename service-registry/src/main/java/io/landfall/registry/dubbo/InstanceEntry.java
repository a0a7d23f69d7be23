package io.landfall.registry.dubbo;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.RegistrySettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.utils.JsonUtils;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.metadata.ServiceInstanceMetadataUtils;

/**
 * What stands for this pod at application level: one instance, at one of a wildcard's names.
 *
 * <p>Consumers take an instance's host from the registry, and nearly all else from metadata that all instances of one version share,
 * which they ask one of them for. So what is alike in all pods goes into the metadata (ports, {@code warmup},
 * {@code heartbeat}), and what is this pod's own into the instance. One for each application; safe for any thread.
 */
final class InstanceEntry {

    /** In {@code landfall.registry.ports}: that of a metadata service with a port of its own. */
    private static final String METADATA = "metadata";

    private static final String SERVICE_PARAMETERS =
            ServiceInstanceMetadataUtils.METADATA_SERVICE_URL_PARAMS_PROPERTY_NAME;
    private static final String PORT = CommonConstants.PORT_KEY;

    private final ExternalAddress address;
    private final RegistrySettings settings;
    private final String id;
    /** By the container's. */
    private final Map<Listener, Integer> portsOutside = new ConcurrentHashMap<>();

    private record Listener(String protocol, int port) {}

    /** @param address a wildcard */
    InstanceEntry(ExternalAddress address, RegistrySettings settings) {
        this.address = address;
        this.settings = settings;
        // The first entry's at the level of interfaces, so that consumers of both levels share a connection.
        this.id = settings.share()
                .orElseThrow()
                .split(ProviderEntries.DEFAULT_WEIGHT)
                .get(0)
                .id();
    }

    /** What tells it from every other pod's. */
    String id() {
        return id;
    }

    /** Whether connections that this pod has too many of are given back. */
    boolean evensConnections() {
        return settings.dubbo().evensConnections();
    }

    /** A provider where consumers find it. */
    URL at(URL provider) {
        ExternalAddress there = settings.seenBy(address, provider.getProtocol()).named(id);
        URL entry = ProviderEntries.sharingConnections(ProviderEntries.at(there, provider));
        portsOutside.put(new Listener(provider.getProtocol(), provider.getPort()), entry.getPort());
        return entry;
    }

    /**
     * Says what is this pod's own, and where its metadata service is.
     *
     * @throws IllegalStateException if nobody knows the metadata service's port outside
     */
    void describe(ServiceInstance instance) {
        Map<String, String> said = instance.getMetadata();
        said.put(ProviderEntries.POD, id);
        if (overDubbo()) {
            said.put(ProviderEntries.TOKEN, id);
        }
        said.computeIfPresent(SERVICE_PARAMETERS, (name, json) -> withPortOutside(json));
    }

    private boolean overDubbo() {
        return portsOutside.keySet().stream()
                .anyMatch(listener -> CommonConstants.DUBBO_PROTOCOL.equals(listener.protocol()));
    }

    private String withPortOutside(String json) {
        Map<String, Object> read = JsonUtils.toJavaObject(json, Map.class);
        Map<String, Object> parameters = new LinkedHashMap<>(read);
        Listener listener = new Listener(
                String.valueOf(parameters.get(CommonConstants.PROTOCOL_KEY)),
                Integer.parseInt(String.valueOf(parameters.get(PORT))));
        parameters.put(PORT, String.valueOf(portOutside(listener)));
        return JsonUtils.toJson(parameters);
    }

    private int portOutside(Listener metadataService) {
        Integer named = settings.ports().get(METADATA);
        if (named != null) {
            return named;
        }
        Integer shared = portsOutside.get(metadataService);
        if (shared != null) {
            return shared;
        }
        int port = metadataService.port();
        return withAnotherProtocol(port).orElseGet(() -> ownPort(port));
    }

    private OptionalInt withAnotherProtocol(int port) {
        return portsOutside.entrySet().stream()
                .filter(known -> known.getKey().port() == port)
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    private int ownPort(int port) {
        if (address.port().isEmpty()) {
            return port;
        }
        throw new IllegalStateException(
                "Dubbo's metadata service listens on port " + port + ", which is none of the providers', and"
                        + " nobody says which port that is outside: unset dubbo.application.metadata-service-port, or add "
                        + METADATA + ":<port> to landfall.registry.ports");
    }
}
