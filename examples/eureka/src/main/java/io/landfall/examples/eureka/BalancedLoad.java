package io.landfall.examples.eureka;

import io.landfall.examples.load.Answer;
import io.landfall.examples.load.Arguments;
import io.landfall.examples.load.AsyncCall;
import io.landfall.examples.load.LoadProcess;
import io.landfall.examples.load.LossNames;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * A stock consumer with Eureka and Spring Cloud LoadBalancer under open-loop load, as a process of its own.
 *
 * <p>Arguments beside those of {@link LoadProcess}: {@code --registry} (a Eureka server's URL), {@code --service} (the name that
 * providers are registered by), {@code --timeout} (milliseconds). A provider names itself in the header {@code X-Provider}.
 */
public final class BalancedLoad {

    private static final String PROVIDER_HEADER = "X-Provider";

    private BalancedLoad() {}

    /** Ends with exit code 0 when every call is accounted for. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        LoadProcess process = new LoadProcess(arguments);
        String registry = arguments.required("registry");
        String service = arguments.required("service");
        Duration timeout = Duration.ofMillis(arguments.number("timeout", 15_000));
        arguments.requireNoOthers();
        try (ConfigurableApplicationContext consumer = start(registry)) {
            System.exit(process.run(call(consumer, service, timeout), BalancedLoad::lossName));
        }
    }

    static ConfigurableApplicationContext start(String registry) {
        return new SpringApplicationBuilder(Consumer.class)
                .properties(
                        "eureka.client.service-url.defaultZone=" + registry,
                        "eureka.client.register-with-eureka=false",
                        // Both half a minute otherwise, which would be most of what a short run sees.
                        "eureka.client.registry-fetch-interval-seconds=5",
                        "spring.cloud.loadbalancer.cache.ttl=2s",
                        // Which the server brings, and half of which is enough for the client to want the other half.
                        "eureka.client.jersey.enabled=false",
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off")
                .run();
    }

    static AsyncCall call(ConfigurableApplicationContext consumer, String service, Duration timeout) {
        WebClient client = consumer.getBean(WebClient.Builder.class)
                .baseUrl("http://" + service)
                .build();
        return workMillis -> client.post()
                .uri("/greetings?millis={millis}", workMillis)
                .retrieve()
                .toBodilessEntity()
                .timeout(timeout)
                .map(BalancedLoad::answer)
                .toFuture();
    }

    private static Answer answer(ResponseEntity<Void> response) {
        return new Answer(Optional.ofNullable(response.getHeaders().getFirst(PROVIDER_HEADER))
                .orElse("unnamed"));
    }

    private static String lossName(Throwable failure) {
        return LossNames.rootCause(failure) instanceof WebClientResponseException refused
                ? "HTTP/" + refused.getStatusCode().value()
                : LossNames.ROOT_CAUSE.nameOf(failure);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Consumer {

        @Bean
        @LoadBalanced
        WebClient.Builder client() {
            return WebClient.builder();
        }
    }
}
