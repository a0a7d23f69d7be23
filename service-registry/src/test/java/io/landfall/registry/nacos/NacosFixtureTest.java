package io.landfall.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.NamingEvent;
import com.alibaba.nacos.api.naming.pojo.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the real clients, 3.1.1 and 2.5.1, see of the fixture what they were measured to see of a server. */
@Tag("nacos-client")
@Timeout(60)
class NacosFixtureTest {

    private static final String SERVICE = "orders";

    private NacosFixture nacos;

    @BeforeEach
    void start() throws Exception {
        nacos = NacosFixture.start();
    }

    @AfterEach
    void close() throws Exception {
        nacos.close();
    }

    @Test
    void shouldTakeEntriesForOneThatAreTheSameInEverything() throws Exception {
        NamingService first = nacos.client();
        NamingService second = nacos.client();
        first.registerInstance(SERVICE, entry("nothing", 0));
        second.registerInstance(SERVICE, entry("nothing", 1));

        assertThat(nacos.publishers(SERVICE)).isEqualTo(2);
        assertThat(second.getAllInstances(SERVICE, false)).hasSize(1);

        first.shutDown();
        await().until(() -> nacos.publishers(SERVICE) == 1);
        assertThat(nacos.entries(SERVICE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "instance id", "weight", "cluster"})
    void shouldKeepEntriesApartThatDifferAndTakeOutThatOfAConnectionThatEnds(String difference) throws Exception {
        nacos.client().registerInstance(SERVICE, entry(difference, 0));
        nacos.client().registerInstance(SERVICE, entry(difference, 1));
        List<Instance> staying = nacos.entries(SERVICE);
        NamingService leaving = nacos.client();
        leaving.registerInstance(SERVICE, entry(difference, 2));
        NamingService consumer = nacos.client();
        await().until(() -> consumer.getAllInstances(SERVICE, false).size() == 3);

        leaving.shutDown();

        await().until(() -> consumer.getAllInstances(SERVICE, false).size() == 2);
        assertThat(consumer.getAllInstances(SERVICE, false)).containsExactlyInAnyOrderElementsOf(staying);
    }

    @Test
    void shouldKnowNobodyWhenItComesBackUntilTheyHaveRegisteredAgain() throws Exception {
        NamingService provider = nacos.client(Duration.ofMinutes(1));
        provider.registerInstance(SERVICE, entry("nothing", 0));
        NamingService consumer = nacos.client(Duration.ofMillis(100));
        AtomicInteger heard = new AtomicInteger();
        consumer.subscribe(
                SERVICE, event -> heard.set(((NamingEvent) event).getInstances().size()));
        await().until(() -> heard.get() == 1);

        nacos.stop();
        nacos.startAgain();

        await().until(() -> heard.get() == 0);

        // What this client does by itself once a minute. It may not have found the server again yet.
        await().ignoreExceptionsInstanceOf(NacosException.class).until(() -> {
            provider.registerInstance(SERVICE, entry("nothing", 0));
            return true;
        });

        await().until(() -> heard.get() == 1);
    }

    /** All of them at one address and port. */
    private static Instance entry(String difference, int number) {
        Instance entry = new Instance();
        entry.setIp("203.0.113.10");
        entry.setPort(30080);
        switch (difference) {
            case "metadata" -> entry.setMetadata(Map.of("landfall.pod", "orders-" + number));
            case "instance id" -> entry.setInstanceId("orders-" + number);
            case "weight" -> entry.setWeight(number + 1);
            case "cluster" -> entry.setClusterName("orders-" + number);
            default -> entry.setClusterName("DEFAULT");
        }
        return entry;
    }
}
