package io.landfall.examples.eureka;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;

/** A Eureka server without others of its kind. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableEurekaServer
public class EurekaMain {

    /** Made by Spring. */
    public EurekaMain() {}

    /** Serves until SIGTERM. */
    public static void main(String[] args) {
        start(args);
    }

    static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(EurekaMain.class)
                .properties(
                        "eureka.client.register-with-eureka=false",
                        "eureka.client.fetch-registry=false",
                        // Its peers are at localhost by default, and a peer of its own name is itself.
                        "eureka.instance.hostname=localhost",
                        // As often as consumers ask, not every half a minute.
                        "eureka.server.response-cache-update-interval-ms=3000",
                        "spring.main.web-application-type=servlet",
                        "spring.main.banner-mode=off")
                .run(args);
    }
}
