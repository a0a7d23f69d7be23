package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.FreePort;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, or none. */
@Timeout(60)
class ZooKeeperServersTest {

    private final OwnLog log = new OwnLog();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void shouldWaitForAServer(@TempDir Path folder) throws Exception {
        try (StoppableZooKeeper zooKeeper = new StoppableZooKeeper(folder)) {
            CompletableFuture<Void> waiting = awaiting("nowhere.invalid:2181," + zooKeeper.address());
            await().until(() -> !log.complaints().isEmpty());
            assertThat(log.complaints().get(0))
                    .contains("nowhere.invalid:2181: unknown host, " + zooKeeper.address() + ": Connection refused")
                    .contains("this process is not ready before");
            assertThat(waiting).isNotDone();

            zooKeeper.start();

            assertThat(waiting).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(log.all()).last().asString().contains("answers: going on with the start");
        }
    }

    /** Its port is open, and Dubbo would fail at it, also when it answers questions by itself. */
    @Test
    void shouldWaitForAQuorum() throws Exception {
        System.setProperty("readonlymode.enabled", "true");
        try (TestingCluster cluster = new TestingCluster(3)) {
            cluster.getServers().get(0).start();
            CompletableFuture<Void> waiting = awaiting(cluster.getConnectString());
            await().until(() -> log.complaints().stream().anyMatch(line -> line.contains("it is read-only")));
            assertThat(waiting).isNotDone();

            cluster.getServers().get(1).start();

            assertThat(waiting).succeedsWithin(60, TimeUnit.SECONDS);
        } finally {
            System.clearProperty("readonlymode.enabled");
        }
    }

    /** As a TLS port is, which does not understand the question. */
    @Test
    void shouldTakeSilenceForAnAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            new ZooKeeperServers("127.0.0.1:" + silent.getLocalPort()).await();
        }
        assertThat(log.all()).isEmpty();
    }

    @Test
    void shouldLeaveToDubboWhatIsNoAddress() {
        new ZooKeeperServers("no address").await();
        new ZooKeeperServers("127.0.0.1:99999").await();

        assertThat(log.all()).isEmpty();
    }

    /** As it is when the JVM ends. */
    @Test
    void shouldEndWithTheThread() {
        String address = "127.0.0.1:" + FreePort.next();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new ZooKeeperServers(address).await())
                    .hasMessageStartingWith("no ZooKeeper to register in: " + address);
        } finally {
            boolean unused = Thread.interrupted();
        }
    }

    private static CompletableFuture<Void> awaiting(String addresses) {
        return CompletableFuture.runAsync(() -> new ZooKeeperServers(addresses).await());
    }
}
