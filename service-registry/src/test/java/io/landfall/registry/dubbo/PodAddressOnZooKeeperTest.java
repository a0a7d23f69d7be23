package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Relay;
import io.landfall.shutdown.dubbo.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.dubbo.common.URL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real ZooKeeper, real Dubbo, and a consumer in the cluster of the pods, from where nothing leads to their external address. */
@Timeout(120)
class PodAddressOnZooKeeperTest {

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));

    private DubboWorld world;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
        System.setProperty("landfall.registry.address", "provider.landfall.test:" + FreePort.next());
        System.setProperty("landfall.registry.pod-ip", "true");
        System.setProperty("landfall.registry.prefer-pod-ip", "true");
    }

    @AfterEach
    void stopWorld() throws Exception {
        List.of(
                        "landfall.registry.address",
                        "landfall.registry.pod-ip",
                        "landfall.registry.prefer-pod-ip",
                        "landfall.pod.name")
                .forEach(System::clearProperty);
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldCallThePodItself(String protocol) throws Exception {
        DubboWorld.Provider pod = pod("orders-0", protocol);
        await().until(() -> world.listed().size() == 1);
        assertThat(entry().getAddress()).isEqualTo(System.getProperty("landfall.registry.address"));
        assertThat(entry().getParameter("landfall.pod-ip")).isEqualTo("provider.landfall.test:" + pod.port());

        Sleeper sleeper = world.consume(protocol);

        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
    }

    @Test
    void shouldCallTheAddressOutsideUnlessTheUserPrefersThePod() throws Exception {
        System.clearProperty("landfall.registry.prefer-pod-ip");
        try (Relay balancer = balancerOfOnePod()) {
            assertThat(entry().getParameter("landfall.pod-ip")).isNotNull();

            assertThat(world.consume("dubbo").sleep("you", 1)).isEqualTo("hello you");

            assertThat(balancer.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldCallTheAddressOutsideOfEntriesThatSayNoOther() throws Exception {
        System.clearProperty("landfall.registry.pod-ip");
        try (Relay balancer = balancerOfOnePod()) {
            assertThat(entry().getParameter("landfall.pod-ip")).isNull();

            assertThat(world.consume("dubbo").sleep("you", 1)).isEqualTo("hello you");

            assertThat(balancer.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseNoCallWhenAPodLeavesThatIsCalledItself() throws Exception {
        DubboWorld.Provider staying = pod("orders-0", "dubbo");
        DubboWorld.Provider leaving = pod("orders-1", "dubbo");
        await().until(() -> world.listed().size() == 2);
        Sleeper sleeper = world.consume("dubbo");
        while (connections(staying) < 1 || connections(leaving) < 1) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }
        assertThat(connections(staying)).isEqualTo(1);
        assertThat(connections(leaving)).isEqualTo(1);

        CompletableFuture<DrainReport> drained = leaving.drain().begin("test");
        while (!drained.isDone()) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }

        assertThat(drained.join().forced()).isFalse();
        assertThat(entry().getParameter("landfall.pod")).isEqualTo("orders-0.0");
    }

    /** It comes back every two seconds, and to nobody else. */
    @Test
    void shouldLeaveThoughAConsumerComesBackThatCallsNothing() throws Exception {
        DubboWorld.Provider pod = pod("orders-0", "dubbo");
        await().until(() -> world.listed().size() == 1);
        assertThat(world.consume("dubbo")).isNotNull();

        DrainReport report = pod.drain().run("test");

        assertThat(report.forced()).isFalse();
        assertThat(world.listed()).isEmpty();
    }

    private static int connections(DubboWorld.Provider provider) {
        return DubboDrain.of(provider.framework()).consumerConnections().staying().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private Relay balancerOfOnePod() throws Exception {
        Relay balancer = new Relay(0);
        System.setProperty("landfall.registry.address", "provider.landfall.test:" + balancer.port());
        balancer.target(pod("orders-0", "dubbo").port());
        await().until(() -> world.listed().size() == 1);
        return balancer;
    }

    private DubboWorld.Provider pod(String name, String protocol) {
        System.setProperty("landfall.pod.name", name);
        return world.provide(protocol, BRISK);
    }

    private URL entry() throws Exception {
        assertThat(world.listed()).hasSize(1);
        return URL.valueOf(URL.decode(world.listed().get(0)));
    }
}
