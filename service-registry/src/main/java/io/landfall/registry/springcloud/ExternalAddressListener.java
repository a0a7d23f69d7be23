package io.landfall.registry.springcloud;

import io.landfall.registry.AddressChain;
import io.landfall.registry.ExternalAddress;
import io.landfall.registry.InCluster;
import io.landfall.registry.PodAddress;
import io.landfall.registry.RegistrySettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.ClassUtils;

/**
 * Finds the external address before an application context is made, and tells it to the discovery clients. Made by Spring Boot. Whether
 * it changes later is {@link AddressFollower}'s to see.
 *
 * <p>Does nothing outside a pod, in an application that registers nothing, and with
 * {@code landfall.registry.spring-cloud=false}.
 */
public final class ExternalAddressListener
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ExternalAddressListener.class);
    /** Each client that {@link DiscoveryProperties} knows. */
    private static final List<Client> CLIENTS = List.of(
            new Client(
                    "org.springframework.cloud.netflix.eureka.EurekaInstanceConfigBean",
                    List.of("eureka.client.enabled", "eureka.client.register-with-eureka")),
            new Client(
                    "org.springframework.cloud.consul.discovery.ConsulDiscoveryProperties",
                    List.of(
                            "spring.cloud.consul.enabled",
                            "spring.cloud.consul.discovery.enabled",
                            "spring.cloud.consul.discovery.register")),
            new Client(
                    "com.alibaba.cloud.nacos.NacosDiscoveryProperties",
                    List.of("spring.cloud.nacos.discovery.enabled", "spring.cloud.nacos.discovery.register-enabled")),
            new Client(
                    "org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties",
                    List.of(
                            "spring.cloud.zookeeper.enabled",
                            "spring.cloud.zookeeper.discovery.enabled",
                            "spring.cloud.zookeeper.discovery.register")));
    /** What a context has that Spring Cloud makes before the application's own, to read configuration for it. */
    private static final String BOOTSTRAP = "bootstrap";
    /** Those by which an application says that it registers nothing. */
    private static final List<String> SWITCHES = List.of(
            "landfall.registry.spring-cloud",
            "spring.cloud.discovery.enabled",
            "spring.cloud.service-registry.auto-registration.enabled");

    /** What is told beside the external address. */
    private static final String IN_CLUSTER = "landfallPodAddress";
    /** Whatever else says something about them comes first. */
    private static final String DEFAULTS = "landfallShortConnections";

    /** After configuration files have been read, which is at 10. */
    private static final int AFTER_CONFIGURATION_FILES = Ordered.HIGHEST_PRECEDENCE + 11;

    /** Called by Spring Boot. */
    public ExternalAddressListener() {}

    @Override
    public int getOrder() {
        return AFTER_CONFIGURATION_FILES;
    }

    /**
     * Sets the properties.
     *
     * @throws IllegalStateException if there is no external address and the settings do not allow that
     */
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (environment.getPropertySources().contains(BOOTSTRAP)
                || !registers(environment, event.getSpringApplication().getClassLoader())) {
            return;
        }
        RegistrySettings settings = RegistrySettings.read(environment::getProperty, System.getenv());
        if (settings.enabled()) {
            address(settings).ifPresent(address -> tell(environment, address, settings));
        }
    }

    private static boolean registers(ConfigurableEnvironment environment, ClassLoader classes) {
        return CLIENTS.stream()
                        .anyMatch(client ->
                                ClassUtils.isPresent(client.type(), classes) && areOn(client.switches(), environment))
                && areOn(SWITCHES, environment);
    }

    private static boolean areOn(List<String> switches, ConfigurableEnvironment environment) {
        return switches.stream().allMatch(on -> environment.getProperty(on, Boolean.class, true));
    }

    private static Optional<ExternalAddress> address(RegistrySettings settings) {
        AddressChain addresses = settings.addresses();
        if (settings.missing() == RegistrySettings.Missing.FAIL) {
            return Optional.of(addresses.require());
        }
        Optional<ExternalAddress> found = addresses.find();
        if (found.isEmpty()) {
            log.warn(
                    "No external address found: Spring Cloud registers the pod's own, which means nothing outside the cluster");
        }
        return found;
    }

    private static void tell(ConfigurableEnvironment environment, ExternalAddress address, RegistrySettings settings) {
        String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
        Optional<PodAddress> own = inCluster(environment, settings);
        MutablePropertySources sources = environment.getPropertySources();
        sources.addFirst(new AddressProperties(settings, address, base + "/health"));
        own.ifPresent(pod -> sources.addFirst(new MapPropertySource(IN_CLUSTER, DiscoveryProperties.of(pod))));
        if (settings.dubbo().evensConnections()) {
            sources.addLast(new MapPropertySource(DEFAULTS, ShortConnections.PROPERTIES));
        }
    }

    /**
     * What is told beside the external address.
     *
     * @throws IllegalStateException if it is to be told, and is not known: a port that the web server finds itself is not yet
     */
    private static Optional<PodAddress> inCluster(ConfigurableEnvironment environment, RegistrySettings settings) {
        InCluster inCluster = settings.inCluster();
        if (!inCluster.told()) {
            return Optional.empty();
        }
        int port = environment.getProperty("server.port", Integer.class, 8080);
        try {
            return inCluster.address(inCluster.podIp().isPresent() ? "" : ownAddress(), port);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalStateException(
                    "landfall.registry.pod-ip=true needs POD_IP, by the downward API, and a fixed server.port: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * A discovery client.
     *
     * @param type one of its classes
     * @param switches those by which an application only asks it, or does not use it
     */
    private record Client(String type, List<String> switches) {}

    /** In a pod, its name is in /etc/hosts with its address. */
    private static String ownAddress() throws UnknownHostException {
        return InetAddress.getLocalHost().getHostAddress();
    }
}
