package io.landfall.registry.nacos;

import static io.landfall.registry.nacos.DubboOnNacos.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.NamingEvent;
import com.alibaba.nacos.api.naming.pojo.Instance;
import io.landfall.shutdown.dubbo.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dubbo with its Nacos registry, by the real client, against a fixture: {@link NacosFixture} says what of a server it is. */
@Timeout(120)
class DubboOnNacosTest {

    private static final String EIP = "203.0.113.10:30880";
    private static final String NAMES = ".pods.landfall.test";
    /** Of so many, one is missed in all but one of 40,000 runs. */
    private static final int MANY_PODS = 8;

    private NacosFixture nacos;
    private DubboOnNacos dubbo;

    @BeforeEach
    void start() throws Exception {
        nacos = NacosFixture.start();
        dubbo = new DubboOnNacos(nacos);
    }

    @AfterEach
    void close() throws Exception {
        List.of(
                        "landfall.registry.address",
                        "landfall.registry.nacos",
                        "landfall.registry.entries",
                        "landfall.pod.name")
                .forEach(System::clearProperty);
        dubbo.close();
        nacos.close();
    }

    @Test
    @Tag("nacos-client")
    void shouldTellConsumersOfEveryPodThatComesOrGoesBelowAWildcard() throws Exception {
        try (Relay balancer = new Relay(0)) {
            System.setProperty("landfall.registry.address", "*" + NAMES + ":" + balancer.port());
            DubboOnNacos.Pod first = enteredBehind(balancer, "orders-0");
            DubboOnNacos.Consumer consumer = dubbo.consume();
            assertThat(consumer.heard()).containsExactly("orders-0-0" + NAMES);

            DubboOnNacos.Pod second = enteredBehind(balancer, "orders-1");

            await().until(() -> consumer.heard().equals(Set.of("orders-0-0" + NAMES, "orders-1-0" + NAMES)));
            await().until(() -> consumer.greeter().greet("you").equals("hello you from orders-1"));

            balancer.target(first.port());
            second.drain().run("test");

            await().until(() -> consumer.heard().equals(Set.of("orders-0-0" + NAMES)));
            assertThat(consumer.greeter().greet("you")).isEqualTo("hello you from orders-0");
        }
    }

    /** Dubbo registers several entries of a service as a batch, which it replaces whenever one comes or goes. */
    @Test
    void shouldEnterSeveralNamesOfAPodAndTakeAllOfThemOut() {
        System.setProperty("landfall.registry.address", "*" + NAMES + ":30880");
        System.setProperty("landfall.registry.entries", "3");

        DubboOnNacos.Pod pod = dubbo.pod("orders-0").ready();

        await().until(() -> nacos.entries(SERVICE).size() == 3);
        assertThat(nacos.entries(SERVICE))
                .extracting(Instance::toInetAddr)
                .containsExactlyInAnyOrder(
                        "orders-0-0" + NAMES + ":30880",
                        "orders-0-1" + NAMES + ":30880",
                        "orders-0-2" + NAMES + ":30880");

        pod.drain().run("test");

        assertThat(nacos.entries(SERVICE)).isEmpty();
    }

    @Test
    void shouldNotStartAtOneAddress() {
        System.setProperty("landfall.registry.address", EIP);

        assertThatThrownBy(() -> dubbo.pod("orders-0"))
                .hasStackTraceContaining("Nacos' clients miss most of the pods that come and go behind one address. Set"
                        + " landfall.registry.address to a wildcard name (*.name)")
                .hasStackTraceContaining("landfall.registry.nacos=allow");
        assertThat(nacos.entries(SERVICE)).isEmpty();
    }

    @Test
    void shouldKeepPodsApartAtOneAddressWhereTheUserAllowsIt() {
        allowOneAddress();
        dubbo.pod("orders-0").ready();
        DubboOnNacos.Pod second = dubbo.pod("orders-1").ready();

        await().until(() -> pods().equals(Set.of("orders-0.0", "orders-1.0")));
        assertThat(nacos.entries(SERVICE))
                .hasSize(2)
                .extracting(Instance::toInetAddr)
                .containsOnly(EIP);

        second.drain().run("test");

        assertThat(pods()).containsExactly("orders-0.0");
    }

    /**
     * The trap for which one address is refused: it documents what the client does, and what {@code allow} allows. Should it fail one
     * day, the client compares more than address and port, and the refusal can go.
     */
    @Test
    @Tag("nacos-client")
    void shouldShowThatListenersMissPodsAtOneAddressWhereReadingAgainFindsThem() throws Exception {
        allowOneAddress();
        NamingService client = nacos.client();
        AtomicInteger heard = new AtomicInteger();
        client.subscribe(
                SERVICE, event -> heard.set(((NamingEvent) event).getInstances().size()));
        dubbo.pod("orders-0").ready();
        await().until(() -> heard.get() == 1);

        int pods = 1;
        while (heard.get() == pods && pods < MANY_PODS) {
            int joined = ++pods;
            dubbo.pod("orders-" + joined).ready();
            await().until(() -> nacos.entries(SERVICE).size() == joined);
            hearOfSomethingLater(client, joined);
        }

        assertThat(heard.get()).as("what the listener knows").isLessThan(pods);
        assertThat(client.getAllInstances(SERVICE, true)).as("the cache").hasSize(pods);
        assertThat(client.getAllInstances(SERVICE, false)).as("asked again").hasSize(pods);
    }

    /** One entry registers again by its client, the other one for the first time, by Landfall's patience. */
    @Test
    void shouldBeThereOnceWhenNacosComesBack() throws Exception {
        System.setProperty("landfall.registry.address", "*" + NAMES + ":30880");
        DubboOnNacos.Pod first = dubbo.pod("orders-0").ready();
        await().until(() -> pods().equals(Set.of("orders-0.0")));
        DubboOnNacos.Pod second = dubbo.pod("orders-1");
        try (Logged logged = new Logged()) {
            nacos.stop();
            second.ready();
            await().until(() -> !logged.lines("fails, and is tried again").isEmpty());

            nacos.startAgain();

            await().atMost(Duration.ofSeconds(30)).until(() -> pods().equals(Set.of("orders-0.0", "orders-1.0")));
            assertThat(nacos.entries(SERVICE)).hasSize(2);
            assertThat(logged.events())
                    .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
        }

        first.drain().run("test");
        second.drain().run("test");

        assertThat(nacos.publishers(SERVICE)).as("nobody is left twice").isZero();
    }

    @Test
    void shouldSayInOneLineWhyNacosRefusesAnEntry() {
        System.setProperty("landfall.registry.address", "*" + NAMES + ":30880");
        try (Logged logged = new Logged()) {
            dubbo.pod("orders-0", Map.of("much", "x".repeat(1_000))).ready();

            await().until(() -> !logged.lines("Param 'Metadata' is illegal, the param length should not exceed 1024")
                    .isEmpty());
            assertThat(logged.events())
                    .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
        }
        assertThat(nacos.entries(SERVICE)).isEmpty();
    }

    /**
     * Pushes come in the order in which services have changed, and listeners are told in that order: whoever has heard of this has
     * heard, or missed, what was before.
     */
    private static void hearOfSomethingLater(NamingService client, int port) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        client.subscribe(
                "later",
                event -> heard.set(((NamingEvent) event).getInstances().get(0).getPort()));
        client.registerInstance("later", "203.0.113.99", port);
        await().until(() -> heard.get() == port);
    }

    private DubboOnNacos.Pod enteredBehind(Relay balancer, String name) {
        DubboOnNacos.Pod pod = dubbo.pod(name);
        balancer.target(pod.port());
        pod.ready();
        await().until(() -> pods().contains(name + ".0"));
        return pod;
    }

    private Set<String> pods() {
        return nacos.entries(SERVICE).stream()
                .map(entry -> entry.getMetadata().get("landfall.pod"))
                .collect(Collectors.toSet());
    }

    private static void allowOneAddress() {
        System.setProperty("landfall.registry.address", EIP);
        System.setProperty("landfall.registry.nacos", "allow");
    }
}
