package io.landfall.shutdown.web;

import static io.landfall.shutdown.dubbo.DubboWorld.UNTIL_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Sleeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that answers over HTTP and over Dubbo, and calls another one over Dubbo to do so. While it drains, it still has to
 * call: apache/dubbo#13081.
 */
class MixedServiceTest {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private DubboWorld world;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() throws Exception {
        world = new DubboWorld();
        world.provide("dubbo", DrainPolicy.STANDARD);
        Sleeper other = world.consume("dubbo");
        context = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "server.address=127.0.0.1", "landfall.drain.quiet-period=1s")
                .initializers(starting -> starting.getBeanFactory().registerSingleton("other", other))
                .run();
        // Its own Dubbo service is part of the same drain.
        world.provide("dubbo", context.getBean(Drain.class));
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        world.close();
    }

    @Test
    void shouldStillCallOthersWhileItDrains() {
        Drain drain = context.getBean(Drain.class);
        CompletableFuture<Integer> slow = get("/?millis=" + UNTIL_RELEASED);
        await().until(() -> drain.inFlight("http").count() == 1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        for (int i = 0; i < 10; i++) {
            assertThat(get("/?millis=10").join()).isEqualTo(200);
        }

        world.release();
        assertThat(slow.join()).isEqualTo(200);
        closed.join();
        assertThat(drain.report()).hasValueSatisfying(report -> {
            assertThat(report.forced()).isFalse();
            assertThat(report.served()).isGreaterThanOrEqualTo(11);
        });
    }

    private CompletableFuture<Integer> get(String pathAndQuery) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + pathAndQuery);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {
        private final Sleeper other;

        Application(Sleeper other) {
            this.other = other;
        }

        @GetMapping("/")
        String answer(@org.springframework.web.bind.annotation.RequestParam("millis") long millis) {
            return other.sleep("web", millis);
        }
    }
}
