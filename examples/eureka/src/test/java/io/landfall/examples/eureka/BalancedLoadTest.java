package io.landfall.examples.eureka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.appinfo.DataCenterInfo;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.MyDataCenterInfo;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import com.sun.net.httpserver.HttpServer;
import io.landfall.examples.load.Answer;
import io.landfall.examples.load.AsyncCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** A real Eureka server, and providers that are no more than their answer. */
class BalancedLoadTest {

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    @Test
    void shouldCallProvidersInTurns() throws Exception {
        ConfigurableApplicationContext server =
                keep(EurekaMain.start("--server.port=0", "--server.address=" + LOOPBACK));
        PeerAwareInstanceRegistry registry = server.getBean(PeerAwareInstanceRegistry.class);
        registry.register(provider("first"), false);
        registry.register(provider("second"), false);
        ConfigurableApplicationContext consumer = keep(BalancedLoad.start("http://" + LOOPBACK + ":"
                + server.getEnvironment().getRequiredProperty("local.server.port") + "/eureka/"));
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discovery.getInstances("greetings").size() == 2);

        AsyncCall call = BalancedLoad.call(consumer, "greetings", Duration.ofSeconds(10));
        // The balancer may have read its own list before the second one was in it.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !answer(call).provider().equals(answer(call).provider()));

        // Once in a while it reads its list anew, in another order.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<String> providers =
                    Stream.generate(() -> answer(call).provider()).limit(4).toList();
            assertThat(providers.subList(0, 2)).containsExactlyInAnyOrder("first", "second");
            assertThat(providers.subList(2, 4)).isEqualTo(providers.subList(0, 2));
        });
    }

    private static Answer answer(AsyncCall call) {
        try {
            return call.start(1).toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception lost) {
            throw new AssertionError(lost);
        }
    }

    private InstanceInfo provider(String name) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/greetings", exchange -> {
            exchange.getResponseHeaders().add("X-Provider", name);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        open.add(() -> http.stop(0));
        return InstanceInfo.Builder.newBuilder()
                .setAppName("greetings")
                .setVIPAddress("greetings")
                .setInstanceId(name)
                .setHostName(LOOPBACK)
                .setIPAddr(LOOPBACK)
                .setPort(http.getAddress().getPort())
                .setStatus(InstanceInfo.InstanceStatus.UP)
                .setDataCenterInfo(new MyDataCenterInfo(DataCenterInfo.Name.MyOwn))
                .build();
    }

    private ConfigurableApplicationContext keep(ConfigurableApplicationContext context) {
        open.add(context);
        return context;
    }
}
