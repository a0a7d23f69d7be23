package io.landfall.shutdown.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.WarmUp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Cloud application and a real ZooKeeper. */
class CloudRegistrationTest {

    private static final String INSTANCES = "/services/greeter";

    /** Of a whole application, on a busy machine. */
    private static final Duration START = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private TestingServer zooKeeper;
    private CuratorFramework curator;
    private CountDownLatch warm;
    private CountDownLatch answer;

    @BeforeEach
    void startZooKeeper() throws Exception {
        zooKeeper = new TestingServer(FreePort.next(), true);
        curator = CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100));
        curator.start();
        warm = new CountDownLatch(1);
        answer = new CountDownLatch(1);
        // Before any test begins to wait for them: an application starts aside.
        Application.warm = warm;
        Application.answer = answer;
        Application.warmingUp = new CountDownLatch(1);
        Application.drain = null;
    }

    @AfterEach
    void stopZooKeeper() throws Exception {
        curator.close();
        zooKeeper.close();
    }

    @Test
    void shouldRegisterWhenTheApplicationIsReadyAndNotBefore() throws Exception {
        CompletableFuture<ConfigurableApplicationContext> starting = CompletableFuture.supplyAsync(() -> start());
        await().atMost(START).until(() -> Application.warmingUp.getCount() == 0);
        assertThat(instances()).isEmpty();

        warm.countDown();

        await().until(() -> instances().size() == 1);
        starting.join().close();
        assertThat(instances()).isEmpty();
    }

    @Test
    void shouldLeaveTheRegistryWhileItStillServes() throws Exception {
        warm.countDown();
        try (ConfigurableApplicationContext context = start()) {
            await().until(() -> instances().size() == 1);
            CompletableFuture<HttpResponse<String>> call = get(context);
            Drain drain = context.getBean(Drain.class);
            await().until(() -> drain.inFlight("http").count() == 1);

            CompletableFuture<DrainReport> drained = drain.begin("test");

            await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
            assertThat(instances()).isEmpty();
            assertThat(call).isNotDone();
            answer.countDown();
            assertThat(call.join().body()).isEqualTo("hello");
            assertThat(drained.join().forced()).isFalse();
        }
    }

    @Test
    void shouldNotRegisterWhatLeavesBeforeItIsReady() throws Exception {
        CompletableFuture<ConfigurableApplicationContext> starting = CompletableFuture.supplyAsync(() -> start());
        await().atMost(START).until(() -> Application.warmingUp.getCount() == 0);

        Objects.requireNonNull(Application.drain).run("test");
        warm.countDown();

        starting.join().close();
        assertThat(instances()).isEmpty();
    }

    @Test
    void shouldLeaveSpringCloudAloneWhenSwitchedOff() throws Exception {
        CompletableFuture<ConfigurableApplicationContext> starting =
                CompletableFuture.supplyAsync(() -> start("--landfall.drain.spring-cloud=false"));
        await().atMost(START).until(() -> Application.warmingUp.getCount() == 0);

        assertThat(instances()).hasSize(1);

        warm.countDown();
        starting.join().close();
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=greeter",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.cloud.discovery.enabled=true",
                "--spring.cloud.service-registry.auto-registration.enabled=true",
                "--spring.cloud.zookeeper.enabled=true",
                "--spring.cloud.zookeeper.connect-string=" + zooKeeper.getConnectString(),
                "--spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
                "--landfall.drain.quiet-period=200ms"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new));
    }

    private CompletableFuture<HttpResponse<String>> get(ConfigurableApplicationContext context) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private List<String> instances() throws Exception {
        return curator.checkExists().forPath(INSTANCES) == null
                ? List.of()
                : curator.getChildren().forPath(INSTANCES);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {
        static CountDownLatch warm = new CountDownLatch(0);
        static CountDownLatch answer = new CountDownLatch(0);
        static CountDownLatch warmingUp = new CountDownLatch(1);
        static @Nullable Drain drain;

        @Bean
        WarmUp warmUp(Drain ours) {
            return () -> {
                drain = ours;
                warmingUp.countDown();
                awaitBriefly(warm);
            };
        }

        @GetMapping("/")
        String answer() {
            awaitBriefly(answer);
            return "hello";
        }

        private static void awaitBriefly(CountDownLatch latch) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test has forgotten this");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
