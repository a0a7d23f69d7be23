package io.landfall.registry.springcloud;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.shared.Application;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications of one test and what they need, in this JVM; the last one that was opened is closed first. */
final class CloudApplications {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T closeLater(T resource) {
        open.push(resource);
        return resource;
    }

    /** One pod of the application "orders". */
    ConfigurableApplicationContext orders(String pod, Stream<String> properties) {
        return run(
                Orders.class,
                Stream.concat(
                        Stream.of(
                                "spring.application.name=orders",
                                "landfall.registry.enabled=true",
                                "landfall.drain.quiet-period=0s",
                                "landfall.pod.name=" + pod),
                        properties));
    }

    /** A server of Eureka. */
    ConfigurableApplicationContext eureka() {
        return run(
                Eureka.class,
                Stream.of(
                        "eureka.client.enabled=true",
                        "eureka.client.register-with-eureka=false",
                        "eureka.client.fetch-registry=false",
                        // It registers nothing, so nobody looks for an address.
                        "landfall.registry.enabled=true",
                        "landfall.registry.wait=0s"));
    }

    /** As arguments, which come before the files that are on a test's class path; each registry only where a test has one. */
    private ConfigurableApplicationContext run(Class<?> application, Stream<String> properties) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "spring.cloud.discovery.enabled", "true",
                "spring.cloud.service-registry.auto-registration.enabled", "true",
                "spring.cloud.zookeeper.enabled", "false",
                "spring.cloud.consul.enabled", "false",
                "spring.cloud.nacos.discovery.enabled", "false",
                "eureka.client.enabled", "false"));
        properties.map(property -> property.split("=", 2)).forEach(property -> all.put(property[0], property[1]));
        return closeLater(new SpringApplicationBuilder(application)
                .run(all.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new)));
    }

    static String[] onConsul(int port) {
        return new String[] {
            "spring.cloud.consul.enabled=true", "spring.cloud.consul.host=127.0.0.1", "spring.cloud.consul.port=" + port
        };
    }

    static String[] onZooKeeper(String connectString) {
        return new String[] {
            "spring.cloud.zookeeper.enabled=true", "spring.cloud.zookeeper.connect-string=" + connectString
        };
    }

    static String[] onEureka(int port) {
        return new String[] {
            "eureka.client.enabled=true",
            // Which the server brings, and half of which is enough for the client to want the other half.
            "eureka.client.jersey.enabled=false",
            "eureka.client.service-url.defaultZone=http://127.0.0.1:" + port + "/eureka/",
            "eureka.client.initial-instance-info-replication-interval-seconds=1"
        };
    }

    static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** What a server of Eureka has of the application "orders". */
    static List<InstanceInfo> instances(ConfigurableApplicationContext server) {
        Application orders = server.getBean(PeerAwareInstanceRegistry.class).getApplication("ORDERS");
        return orders == null ? List.of() : orders.getInstances();
    }

    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Eureka {}
}
