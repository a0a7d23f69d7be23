package io.landfall.registry.dubbo;

import static io.landfall.shutdown.dubbo.DubboWorld.UNTIL_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Relay;
import io.landfall.shutdown.dubbo.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.client.metadata.ServiceInstanceMetadataUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real ZooKeeper, real Dubbo, and pods that register at application level below a wildcard name. */
@Timeout(120)
class ApplicationLevelOnZooKeeperTest {

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));
    private static final int CALLS = 60;

    private final List<Relay> relays = new ArrayList<>();
    private DubboWorld world;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
        System.setProperty("landfall.registry.address", "*.pods.landfall.test");
    }

    @AfterEach
    void stopWorld() throws Exception {
        System.clearProperty("landfall.registry.address");
        System.clearProperty("landfall.registry.ports");
        System.clearProperty("landfall.pod.name");
        world.close();
        relays.forEach(Relay::close);
    }

    /** Their metadata has only the ports of relays, and consumers ask the instances themselves for it. */
    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldGiveStockConsumersPodsAtTheirOwnNamesAndPortsOutside(String protocol) throws Exception {
        Pod first = pod("orders-0", protocol, "instance");
        Pod second = pod("orders-1", protocol, "instance");
        await().until(() -> Set.copyOf(world.instances()).equals(Set.of(first.address(), second.address())));
        assertThat(world.listed()).isEmpty();

        Sleeper sleeper = world.consumeByApplication(protocol);

        List<CompletableFuture<String>> calls = IntStream.range(0, CALLS)
                .mapToObj(i -> sleeper.sleepAside("you", UNTIL_RELEASED))
                .toList();
        await().until(() -> first.inFlight() + second.inFlight() == CALLS);
        assertThat(first.inFlight()).isBetween(CALLS / 4, 3 * CALLS / 4);
        world.release();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("hello you"));
        assertThat(first.outside().connections()).isPositive();
        assertThat(second.outside().connections()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldSayInTheInstanceWhatIsThisPodsOwn(String protocol) throws Exception {
        Pod pod = pod("orders-0", protocol, "instance");
        await().until(() -> world.instances().size() == 1);

        JsonNode said = metadata(pod);

        assertThat(said.path("landfall.pod").asText()).isEqualTo("orders-0.0");
        assertThat(said.path("token").asText()).isEqualTo(protocol.equals("dubbo") ? "orders-0.0" : "");
        assertThat(said.path("dubbo.metadata.storage-type").asText()).isEqualTo("local");
        assertThat(parsed(said, "dubbo.metadata-service.url-params")
                        .path("port")
                        .asInt())
                .isEqualTo(pod.outside().port());
        assertThat(parsed(said, "dubbo.endpoints")).isNotEmpty().allSatisfy(endpoint -> assertThat(
                        endpoint.path("port").asInt())
                .isEqualTo(pod.outside().port()));
    }

    /** Or consumers would ask every pod. */
    @Test
    void shouldHaveMetadataInCommonWithPodsOfTheSameVersion() throws Exception {
        Relay balancer = relay();
        Pod first = pod("orders-0", "dubbo", "instance", balancer);
        Pod second = pod("orders-1", "dubbo", "instance", balancer);
        await().until(() -> world.instances().size() == 2);

        assertThat(metadata(first).path("dubbo.metadata.revision").asText())
                .isNotEmpty()
                .isEqualTo(metadata(second).path("dubbo.metadata.revision").asText());
    }

    @Test
    void shouldLoseNoCallWhenOnePodLeaves() throws Exception {
        Pod staying = pod("orders-0", "dubbo", "instance");
        Pod leaving = pod("orders-1", "dubbo", "instance");
        await().until(() -> world.instances().size() == 2);
        Sleeper sleeper = world.consumeByApplication("dubbo");
        while (connections(staying) < 1 || connections(leaving) < 1) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }
        // As a balancer does for all names.
        leaving.outside().target(staying.provider().port());

        CompletableFuture<DrainReport> drained = leaving.provider().drain().begin("test");
        while (!drained.isDone()) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }

        assertThat(drained.join().forced()).isFalse();
        lookForChanges(leaving.provider());
        assertThat(world.instances()).containsExactly(staying.address());
        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
    }

    @Test
    void shouldLeaveOverTripleToo() throws Exception {
        Pod staying = pod("orders-0", "tri", "instance");
        Pod leaving = pod("orders-1", "tri", "instance");
        await().until(() -> world.instances().size() == 2);

        leaving.provider().drain().run("test");

        assertThat(world.instances()).containsExactly(staying.address());
    }

    @Test
    void shouldRegisterAtBothLevelsOnceEach() throws Exception {
        Pod pod = pod("orders-0", "dubbo", "all");
        await().until(() -> world.listed().size() == 1 && world.instances().size() == 1);

        assertThat(world.instances()).containsExactly(pod.address());
        assertThat(world.listed()).singleElement().satisfies(listed -> assertThat(
                        URL.valueOf(URL.decode(listed)).getAddress())
                .isEqualTo(pod.address()));
        assertThat(world.consume("dubbo").sleep("you", 1)).isEqualTo("hello you");
        assertThat(pod.outside().connections()).isPositive();

        pod.provider().drain().run("test");

        assertThat(world.listed()).isEmpty();
        assertThat(world.instances()).isEmpty();
    }

    @Test
    void shouldEnterNothingBeforeAProberHasSeenThePodReady() throws Exception {
        System.setProperty("landfall.pod.name", "orders-0");
        Drain drain = new Drain(BRISK);
        drain.readiness().expectProbes();
        DubboWorld.Provider provider = world.provide("dubbo", drain, "instance");
        drain.readiness().accept();
        lookForChanges(provider);
        assertThat(world.instances()).isEmpty();

        drain.readiness().probe();

        await().until(() -> world.instances().size() == 1);
    }

    @Test
    void shouldNeverEnterWhatWasWithdrawnFirst() throws Exception {
        System.setProperty("landfall.pod.name", "orders-0");
        Drain drain = new Drain(BRISK);
        drain.readiness().expectProbes();
        DubboWorld.Provider provider = world.provide("dubbo", drain, "instance");
        drain.readiness().accept();

        drain.run("test");
        drain.readiness().probe();
        lookForChanges(provider);

        assertThat(world.instances()).isEmpty();
    }

    @Test
    void shouldGiveBackConnectionsThatAConsumerHasTooManyOf() throws Exception {
        Relay balancer = relay();
        Pod crowded = pod("orders-0", "dubbo", "instance", balancer);
        Pod empty = pod("orders-1", "dubbo", "instance", balancer);
        await().until(() -> world.instances().size() == 2);
        balancer.target(crowded.provider().port());
        Sleeper sleeper = world.consumeByApplication("dubbo");
        balancer.target(empty.provider().port());

        while (connections(crowded) > 1 || connections(empty) < 1) {
            assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
        }

        assertThat(connections(crowded)).isEqualTo(1);
        assertThat(connections(empty)).isEqualTo(1);
    }

    private static int connections(Pod pod) {
        return DubboDrain.of(pod.provider().framework()).consumerConnections().staying().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** What Dubbo does every second. */
    private static void lookForChanges(DubboWorld.Provider provider) {
        provider.framework().getApplicationModels().forEach(ServiceInstanceMetadataUtils::refreshMetadataAndInstance);
    }

    private JsonNode metadata(Pod pod) throws Exception {
        return new ObjectMapper()
                .readTree(world.instance(pod.address()))
                .path("payload")
                .path("metadata");
    }

    private static JsonNode parsed(JsonNode metadata, String key) throws IOException {
        return new ObjectMapper().readTree(metadata.path(key).asText());
    }

    private Relay relay() throws IOException {
        Relay relay = new Relay(0);
        relays.add(relay);
        return relay;
    }

    private Pod pod(String name, String protocol, String registerMode) throws IOException {
        return pod(name, protocol, registerMode, relay());
    }

    private Pod pod(String name, String protocol, String registerMode, Relay outside) {
        System.setProperty("landfall.pod.name", name);
        System.setProperty("landfall.registry.ports", protocol + ":" + outside.port());
        Drain drain = new Drain(BRISK);
        drain.readiness().accept();
        DubboWorld.Provider provider = world.provide(protocol, drain, registerMode);
        outside.target(provider.port());
        return new Pod(provider, outside, name + "-0.pods.landfall.test:" + outside.port());
    }

    /** @param outside what leads to it from outside, at a port of its own */
    private record Pod(DubboWorld.Provider provider, Relay outside, String address) {
        int inFlight() {
            return provider.inFlight();
        }
    }
}
