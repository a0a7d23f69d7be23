package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Sleeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real ZooKeeper and real Dubbo, at interface level. */
class ExternalAddressOnZooKeeperTest {

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));
    private static final Map<String, String> IN_A_POD = Map.of(
            "landfall.registry.address", "eip.example.com:30880",
            "landfall.pod.name", "greeter-7d4f");

    private DubboWorld world;

    @BeforeEach
    void startWorld() throws Exception {
        world = new DubboWorld();
        IN_A_POD.forEach(System::setProperty);
    }

    @AfterEach
    void stopWorld() throws Exception {
        IN_A_POD.keySet().forEach(System::clearProperty);
        System.clearProperty("landfall.registry.enabled");
        System.clearProperty("landfall.registry.ports");
        System.clearProperty("landfall.registry.entries");
        System.clearProperty("landfall.eip.file");
        System.clearProperty("landfall.registry.interfaces");
        System.clearProperty("landfall.registry.application-level");
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"dubbo, 3", "tri, 1"})
    void shouldRegisterTheExternalAddressOncePerEntry(String protocol, int entries) throws Exception {
        System.setProperty("landfall.registry.entries", "3");
        world.provide(protocol, BRISK);
        await().until(() -> world.listed().size() == entries);

        List<URL> listed = urls();

        assertThat(listed).allSatisfy(url -> {
            assertThat(url.getAddress()).isEqualTo("eip.example.com:30880");
            assertThat(url.getParameter("connections")).isEqualTo("1");
            assertThat(url.getParameter("warmup")).isEqualTo("0");
        });
        assertThat(listed.stream().map(url -> url.getParameter("landfall.pod")).collect(Collectors.toSet()))
                .hasSize(entries)
                .allMatch(pod -> pod.startsWith("greeter-7d4f."));
        assertThat(listed.stream()
                        .mapToInt(url -> url.getParameter("weight", 0))
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void shouldRegisterOneEntryUnlessTheUserSaysSo() throws Exception {
        world.provide("dubbo", BRISK);

        await().until(() -> !world.listed().isEmpty());
        assertThat(urls()).singleElement().satisfies(url -> {
            assertThat(url.getParameter("landfall.pod")).isEqualTo("greeter-7d4f.0");
            assertThat(url.getParameter("weight")).isEqualTo("100");
        });
    }

    @Test
    void shouldKeepPodsBehindOneAddressApart() throws Exception {
        world.provide("dubbo", BRISK);
        System.setProperty("landfall.pod.name", "greeter-91aa");
        DubboWorld.Provider second = world.provide("dubbo", BRISK);
        await().until(() -> world.listed().size() == 2);

        second.drain().run("test");

        assertThat(urls()).singleElement().satisfies(url -> assertThat(url.getParameter("landfall.pod"))
                .isEqualTo("greeter-7d4f.0"));
    }

    @Test
    void shouldEnterNothingBeforeAProberHasSeenThePodReady() throws Exception {
        Drain drain = new Drain(BRISK);
        drain.readiness().expectProbes();
        world.provide("dubbo", drain);
        drain.readiness().accept();
        assertThat(world.listed()).isEmpty();

        drain.readiness().probe();

        await().until(() -> world.listed().size() == 1);
    }

    @Test
    void shouldNeverEnterWhatWasWithdrawnFirst() throws Exception {
        Drain drain = new Drain(BRISK);
        drain.readiness().expectProbes();
        world.provide("dubbo", drain);
        drain.readiness().accept();

        drain.run("test");
        drain.readiness().probe();

        assertThat(world.listed()).isEmpty();
    }

    @Test
    void shouldStopTheStartAndSayWhereItLookedWithoutAnAddress() {
        System.clearProperty("landfall.registry.address");
        System.setProperty("landfall.registry.enabled", "true");

        assertThatThrownBy(() -> world.provide("dubbo", BRISK))
                .hasStackTraceContaining("No external address found. Looked at: property landfall.registry.address,"
                        + " environment variable LANDFALL_REGISTRY_ADDRESS, file /etc/landfall/eip");
    }

    @Test
    void shouldStopTheStartWhereConsumersWouldNeedTooManyConnections() {
        System.setProperty("landfall.registry.interfaces", "1");

        assertThatThrownBy(() -> world.provideTwice("dubbo", BRISK))
                .hasStackTraceContaining(
                        "2 interfaces over the dubbo protocol at eip.example.com:30880: every consumer would open")
                .hasStackTraceContaining("or landfall.registry.interfaces to that number");
    }

    @Test
    void shouldAllowAnyNumberOfInterfacesBelowAWildcard() throws Exception {
        System.setProperty("landfall.registry.interfaces", "1");
        System.setProperty("landfall.registry.address", "*.pods.example.com:30880");

        world.provideTwice("dubbo", BRISK);

        await().until(() -> world.listed().size() == 2);
    }

    @Test
    void shouldMoveToAnAddressThatHasChangedAndNeverBeGoneMeanwhile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("eip"), "first.example.com:30880");
        System.clearProperty("landfall.registry.address");
        System.setProperty("landfall.eip.file", file.toString());
        world.provide("dubbo", BRISK);
        await().until(() -> addresses().equals(List.of("first.example.com:30880")));

        Files.writeString(file, "second.example.com:30880");

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(addresses()).isNotEmpty();
            return addresses().equals(List.of("second.example.com:30880"));
        });
    }

    @Test
    void shouldEnterThePortOutsideOfAProtocol() throws Exception {
        System.setProperty("landfall.registry.ports", "dubbo:31999");

        world.provide("dubbo", BRISK);

        await().until(() -> world.listed().size() == 1);
        assertThat(urls()).extracting(URL::getAddress).containsOnly("eip.example.com:31999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dubbo", "tri"})
    void shouldGiveEveryEntryANameOfItsOwnBelowAWildcard(String protocol) throws Exception {
        System.setProperty("landfall.registry.entries", "3");
        System.setProperty("landfall.registry.address", "*.pods.example.com:30880");

        world.provide(protocol, BRISK);

        await().until(() -> world.listed().size() == 3);
        assertThat(urls())
                .extracting(URL::getAddress)
                .containsExactlyInAnyOrder(
                        "greeter-7d4f-0.pods.example.com:30880",
                        "greeter-7d4f-1.pods.example.com:30880",
                        "greeter-7d4f-2.pods.example.com:30880");
        assertThat(urls()).allSatisfy(url -> assertThat(url.getParameter("connections"))
                .as("shared by all interfaces")
                .isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "instance"})
    void shouldNotEnterAnAddressThatPodsShareAtApplicationLevel(String registerMode) throws Exception {
        Drain drain = new Drain(BRISK);
        drain.readiness().accept();

        assertThatThrownBy(() -> world.provide("dubbo", drain, registerMode))
                .hasStackTraceContaining("dubbo.application.register-mode is '" + registerMode + "'")
                .hasStackTraceContaining("Set dubbo.application.register-mode=interface, or");
        assertThat(world.instances()).isEmpty();
    }

    @Test
    void shouldEnterThePodsOwnAddressAtApplicationLevelWhereTheUserSaysSo() throws Exception {
        System.setProperty("landfall.registry.application-level", "pod-ip");
        Drain drain = new Drain(BRISK);
        drain.readiness().accept();

        world.provide("dubbo", drain, "all");

        await().until(() -> world.listed().size() == 1 && world.instances().size() == 1);
    }

    /** Seen on a cluster: a pod that only calls others did not start. */
    @Test
    void shouldLetWhoOnlyCallsOthersStartWithoutAnAddress() throws Exception {
        System.setProperty("landfall.registry.address", "provider.landfall.test");
        world.provide("dubbo", BRISK);
        await().until(() -> world.listed().size() == 1);
        System.clearProperty("landfall.registry.address");
        System.setProperty("landfall.registry.enabled", "true");

        assertThat(world.consume("dubbo")).isNotNull();
    }

    @Test
    void shouldLeaveRegistrationAloneOutsideAPod() throws Exception {
        System.setProperty("landfall.registry.enabled", "false");

        world.provide("dubbo", BRISK);

        assertThat(urls()).singleElement().satisfies(url -> {
            assertThat(url.getHost()).isEqualTo("provider.landfall.test");
            assertThat(url.getParameter("landfall.pod")).isNull();
        });
    }

    @Test
    void shouldBeCalledAtTheExternalAddressByAStockConsumer() throws Exception {
        // The balancer of this test is none: the external address is the pod's own.
        System.setProperty("landfall.registry.address", "provider.landfall.test");
        world.provide("dubbo", BRISK);
        await().until(() -> world.listed().size() == 1);

        Sleeper sleeper = world.consume("dubbo");

        assertThat(sleeper.sleep("you", 1)).isEqualTo("hello you");
    }

    private List<String> addresses() throws Exception {
        return urls().stream().map(URL::getAddress).distinct().toList();
    }

    private List<URL> urls() throws Exception {
        return world.listed().stream().map(URL::decode).map(URL::valueOf).toList();
    }
}
