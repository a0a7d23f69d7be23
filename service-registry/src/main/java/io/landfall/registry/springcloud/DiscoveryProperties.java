package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.PodAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The properties by which the discovery clients of Spring Cloud take an address, a port and an instance id from outside.
 *
 * <p>Those of a client that is not there are read by nobody.
 */
final class DiscoveryProperties {

    private static final String EUREKA = "eureka.instance.";
    private static final String CONSUL = "spring.cloud.consul.discovery.";
    private static final String NACOS = "spring.cloud.nacos.discovery.";
    private static final String ZOOKEEPER = "spring.cloud.zookeeper.discovery.";
    /** In every entry, so that pods behind one address stay distinct. */
    private static final String POD = "[landfall.pod]";

    private static final Pattern IP = Pattern.compile("[0-9.]+|.*:.*");

    private final ExternalAddress address;
    private final String pod;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private DiscoveryProperties(ExternalAddress address, String pod) {
        this.address = address;
        this.pod = pod;
    }

    /**
     * All of them.
     *
     * @param healthPath where the application answers to health checks, such as {@code /actuator/health}
     */
    static Map<String, Object> of(ExternalAddress address, String pod, String healthPath) {
        DiscoveryProperties all = new DiscoveryProperties(address, pod);
        all.eureka(healthPath);
        all.consul();
        all.nacos();
        all.zooKeeper();
        return Map.copyOf(all.properties);
    }

    /** Those by which consumers in the same cluster hear of the pod's own address. */
    static Map<String, Object> of(PodAddress pod) {
        String name = "[" + PodAddress.KEY + "]";
        return Map.of(
                EUREKA + "metadata-map" + name, pod.toString(),
                CONSUL + "metadata[" + withoutDots(PodAddress.KEY) + "]", pod.toString(),
                NACOS + "metadata" + name, pod.toString(),
                ZOOKEEPER + "metadata" + name, pod.toString());
    }

    /** Consul allows no dots in keys. */
    static String withoutDots(String key) {
        return key.replace('.', '-');
    }

    private void eureka(String healthPath) {
        put(EUREKA, "hostname", address.host());
        put(EUREKA, "instance-id", pod);
        put(EUREKA, "metadata-map" + POD, pod);
        if (isIp(address)) {
            put(EUREKA, "ip-address", address.host());
        }
        put(EUREKA, "prefer-ip-address", isIp(address));
        address.port().ifPresent(port -> {
            put(EUREKA, "non-secure-port", port);
            // Made from the container's port otherwise, which nobody outside reaches.
            put(EUREKA, "health-check-url", "http://" + address + healthPath);
            put(EUREKA, "status-page-url", "http://" + address + healthPath);
            put(EUREKA, "home-page-url", "http://" + address + "/");
        });
    }

    private void consul() {
        put(CONSUL, "hostname", address.host());
        put(CONSUL, "prefer-ip-address", false);
        // An agent knows all its services by these, and one pod may have two.
        put(CONSUL, "instance-id", "${spring.application.name:application}-" + pod);
        put(CONSUL, "metadata[" + withoutDots("landfall.pod") + "]", pod);
        // Consul's own check would go through the balancer, to any of the pods.
        put(CONSUL, "heartbeat.enabled", true);
        // An agent that was started anew has forgotten whom the heartbeat is for.
        put(CONSUL, "heartbeat.reregister-service-on-failure", true);
        address.port().ifPresent(port -> put(CONSUL, "port", port));
    }

    private void nacos() {
        put(NACOS, "ip", address.host());
        put(NACOS, "metadata" + POD, pod);
        address.port().ifPresent(port -> put(NACOS, "port", port));
    }

    private void zooKeeper() {
        put(ZOOKEEPER, "instance-host", address.host());
        put(ZOOKEEPER, "instance-id", pod);
        put(ZOOKEEPER, "metadata" + POD, pod);
        address.port().ifPresent(port -> put(ZOOKEEPER, "instance-port", port));
    }

    private void put(String client, String name, Object value) {
        properties.put(client + name, value);
    }

    /** Whether it is one of numbers, and not a name. */
    static boolean isIp(ExternalAddress address) {
        return IP.matcher(address.host()).matches();
    }
}
