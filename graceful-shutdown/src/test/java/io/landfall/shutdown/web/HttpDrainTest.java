package io.landfall.shutdown.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.spring.DrainAutoConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import reactor.core.publisher.Mono;

/** Real servers on loopback, real HTTP, a real context close. */
class HttpDrainTest {

    /** Of one request: nothing here takes as long. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** Of a request that takes twenty seconds. */
    private static final Duration BEFORE_ITS_ANSWER = Duration.ofSeconds(15);

    private static final long UNTIL_RELEASED = -1;

    /** What answers the requests that a test ends. */
    private static CompletableFuture<String> released = new CompletableFuture<>();

    private final HttpClient client = client();
    private ConfigurableApplicationContext context;

    /** What serves. */
    enum Server {
        TOMCAT(Tomcat.class, WebApplicationType.SERVLET),
        JETTY(Jetty.class, WebApplicationType.SERVLET),
        NETTY(Netty.class, WebApplicationType.REACTIVE);

        private final Class<?> configuration;
        private final WebApplicationType type;

        Server(Class<?> configuration, WebApplicationType type) {
            this.configuration = configuration;
            this.type = type;
        }
    }

    @BeforeEach
    void hold() {
        released = new CompletableFuture<>();
    }

    @AfterEach
    void close() {
        released.complete("done");
        context.close();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldAnswerRequestsInFlightAndNewOnesWhileItDrains(Server server) {
        Drain drain = start(server);
        CompletableFuture<HttpResponse<String>> slow = get("/held");
        await().until(() -> drain.inFlight("http").count() == 1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        HttpResponse<String> late = get("/later?millis=10").join();
        released.complete("done");

        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(late.headers().firstValue("connection")).hasValue("close");
        assertThat(slow.join().statusCode()).isEqualTo(200);
        // Its connection would be taken for another request, and closed under that one.
        assertThat(slow.join().headers().firstValue("connection")).hasValue("close");
        closed.join();
        assertThat(drain.report()).hasValueSatisfying(report -> {
            assertThat(report.forced()).isFalse();
            assertThat(report.served()).isEqualTo(2);
            assertThat(report.lastArrivalAfterWithdrawal()).isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldWaitForAsynchronousResponses(Server server) {
        Drain drain = start(server);
        CompletableFuture<HttpResponse<String>> later = get("/later?millis=" + UNTIL_RELEASED);
        await().until(() -> drain.inFlight("http").count() == 1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        released.complete("done");

        closed.join();
        assertThat(later.join().body()).isEqualTo("done");
        assertThat(later.join().headers().firstValue("connection")).hasValue("close");
        assertThat(drain.report())
                .hasValueSatisfying(report -> assertThat(report.cut()).isEmpty());
    }

    /** Measured on a cluster: kubelets probe a pod until its end, and its drain took until the deadline. */
    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldBecomeQuietThoughKubeletsGoOnProbing(Server server) {
        Drain drain = start(server, "--landfall.drain.quiet-period=2s", "--landfall.drain.deadline=20s");
        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);

        int probes = 0;
        while (drain.phase() == DrainPhase.WITHDRAWN) {
            get("/actuator/health/readiness").exceptionally(over -> null).join();
            probes++;
        }

        closed.join();
        assertThat(probes).isGreaterThan(1);
        assertThat(drain.report()).hasValueSatisfying(report -> {
            assertThat(report.forced()).isFalse();
            assertThat(report.served()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldKnowInAPodWhenAKubeletHasSeenItReady(Server server) {
        Drain drain = start(
                server, "--KUBERNETES_SERVICE_HOST=192.0.2.1", "--management.endpoint.health.probes.enabled=true");
        AtomicInteger registered = new AtomicInteger();
        drain.readiness().whenSeenReady(registered::incrementAndGet);
        get("/actuator/health/readiness").join();
        probe("/actuator/health/liveness").join();
        assertThat(registered).hasValue(0);

        assertThat(probe("/actuator/health/readiness").join().statusCode()).isEqualTo(200);

        await().until(() -> registered.get() == 1);
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldNameTheRequestThatTheDeadlineCuts(Server server) {
        Drain drain = start(server, "--landfall.drain.deadline=600ms");
        CompletableFuture<HttpResponse<String>> endless = get("/later?millis=20000&token=secret");
        await().until(() -> drain.inFlight("http").count() == 1);

        long begin = System.nanoTime();
        context.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BEFORE_ITS_ANSWER);
        DrainReport report = drain.report().orElseThrow();
        assertThat(report.cut()).singleElement().satisfies(cut -> {
            assertThat(cut.kind()).isEqualTo("http");
            assertThat(cut.name()).isEqualTo("/later");
        });
        assertThat(report.total()).isLessThan(BEFORE_ITS_ANSWER);
        endless.cancel(true);
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldShowTheDrainAsAnActuatorEndpoint(Server server) {
        start(server);

        assertThat(get("/actuator/drain").join().body())
                .contains("\"phase\":\"SERVING\"")
                .contains("\"readiness\":\"ACCEPTING\"");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldNotWaitForTheRequestThatAsksForTheDrain(Server server) {
        start(server, "--management.endpoint.drain.access=unrestricted");

        HttpResponse<String> answer = post("/actuator/drain").join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"forced\":false", "\"cause\":\"actuator\"");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void shouldNotDrainForWhoeverReachesTheActuator(Server server) {
        Drain drain = start(server);

        assertThat(post("/actuator/drain").join().statusCode()).isEqualTo(405);
        assertThat(drain.phase()).isEqualTo(DrainPhase.SERVING);
    }

    private CompletableFuture<HttpResponse<String>> post(String path) {
        HttpRequest request =
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private Drain start(Server server, String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(server.configuration)
                .web(server.type)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "landfall.drain.quiet-period=300ms",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=drain,health");
        context = application.run(arguments);
        return context.getBean(Drain.class);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private CompletableFuture<HttpResponse<String>> get(String pathAndQuery) {
        return client.sendAsync(request(pathAndQuery).build(), BodyHandlers.ofString());
    }

    /**
     * As a kubelet does, each time on a new connection. On one that was kept, reactor-netty up to 1.3.7 can forget to read: seen
     * here once, and described in its issue 4361.
     */
    private CompletableFuture<HttpResponse<String>> probe(String path) {
        HttpRequest request =
                request(path).header("User-Agent", "kube-probe/1.20").build();
        return client().sendAsync(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + pathAndQuery))
                .timeout(BOUND);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportAutoConfiguration(DrainAutoConfiguration.class)
    static class Tomcat extends ServletApplication {
        @Bean
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportAutoConfiguration(DrainAutoConfiguration.class)
    static class Jetty extends ServletApplication {
        @Bean
        JettyServletWebServerFactory jetty() {
            return new JettyServletWebServerFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportAutoConfiguration(DrainAutoConfiguration.class)
    static class Netty {
        @Bean
        org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory netty() {
            return new org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory();
        }

        @Bean
        ReactiveEndpoints endpoints() {
            return new ReactiveEndpoints();
        }
    }

    abstract static class ServletApplication {
        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    /** Its sleep is the work of a real handler. */
    @RestController
    static class Endpoints implements DisposableBean {
        private final ExecutorService later = Executors.newSingleThreadExecutor();

        /** An answer that nobody waits for any more would throw, and another test would have to answer for it. */
        @Override
        public void destroy() {
            later.shutdownNow();
        }

        @GetMapping("/held")
        String held() {
            return released.join();
        }

        @GetMapping("/later")
        DeferredResult<String> later(@RequestParam("millis") long millis) {
            DeferredResult<String> result = new DeferredResult<>(30_000L);
            if (millis == UNTIL_RELEASED) {
                later.execute(() -> result.setResult(released.join()));
                return result;
            }
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, later)
                    .execute(() -> result.setResult("done"));
            return result;
        }
    }

    @RestController
    static class ReactiveEndpoints {
        @GetMapping("/held")
        Mono<String> held() {
            return Mono.fromFuture(released);
        }

        @GetMapping("/later")
        Mono<String> later(@RequestParam("millis") long millis) {
            return millis == UNTIL_RELEASED
                    ? held()
                    : Mono.delay(Duration.ofMillis(millis)).map(tick -> "done");
        }
    }
}
