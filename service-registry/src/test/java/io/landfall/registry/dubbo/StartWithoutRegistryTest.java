package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.dubbo.Sleeper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pod as it is, in the eyes of a kubelet, while its registry is not there. */
@Timeout(180)
class StartWithoutRegistryTest {

    private final int probes = FreePort.next();
    private final HttpClient kubelet = HttpClient.newHttpClient();
    private final FrameworkModel framework = new FrameworkModel();

    @BeforeEach
    void inAPod() {
        System.setProperty("landfall.registry.address", "eip.example.com:30880");
        System.setProperty("landfall.pod.name", "greeter-0");
        System.setProperty("landfall.probe.port", String.valueOf(probes));
    }

    @AfterEach
    void end() {
        framework.destroy();
        List.of("landfall.registry.address", "landfall.pod.name", "landfall.probe.port")
                .forEach(System::clearProperty);
    }

    @Test
    void shouldBeAliveAndNotReady(@TempDir Path folder) throws Exception {
        try (StoppableZooKeeper zooKeeper = new StoppableZooKeeper(folder);
                OwnLog log = new OwnLog()) {
            CompletableFuture<Void> starting =
                    CompletableFuture.runAsync(() -> provider(zooKeeper).start());
            await().until(() -> !log.complaints().isEmpty());

            assertThat(ask("/livez")).isEqualTo(200);
            assertThat(ask("/readyz")).isEqualTo(503);
            assertThat(starting).isNotDone();

            zooKeeper.start();

            await().until(() -> ask("/readyz") == 200);
            assertThat(starting).succeedsWithin(60, TimeUnit.SECONDS);
            await().until(() ->
                    log.all().stream().anyMatch(line -> line.contains("Registered " + Sleeper.class.getName())));
            framework.destroy();
        }
    }

    private DubboBootstrap provider(StoppableZooKeeper zooKeeper) {
        ApplicationConfig application = new ApplicationConfig("greeter");
        application.setQosEnable(false);
        application.setRegisterMode("interface");
        ServiceConfig<Sleeper> service = new ServiceConfig<>();
        service.setInterface(Sleeper.class);
        service.setRef(new Awake());
        return DubboBootstrap.newInstance(framework)
                .application(application)
                .registry(new RegistryConfig("zookeeper://" + zooKeeper.address() + "?timeout=20000"))
                .protocol(new ProtocolConfig("dubbo", FreePort.next()))
                .service(service);
    }

    private int ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probes + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return kubelet.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static final class Awake implements Sleeper {
        @Override
        public String sleep(String name, long millis) {
            return "hello " + name;
        }

        @Override
        public CompletableFuture<String> sleepAside(String name, long millis) {
            return CompletableFuture.completedFuture("hello " + name);
        }
    }
}
