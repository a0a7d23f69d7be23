package io.landfall.registry.dubbo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.shutdown.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.dubbo.common.URL;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** A real ZooKeeper that comes, goes, and may lose its data, always at the same address; and somebody who looks into it. */
final class StoppableZooKeeper implements AutoCloseable {

    /** Sessions may be as short as two of them, and as long as twenty. */
    private static final int TICK_MILLIS = 500;
    /** Longer than that of those who are watched: when it is over, so are theirs. */
    private static final int OWN_SESSION_MILLIS = 1_800;

    private final Path folder;
    private final int port = FreePort.next();
    private final List<CuratorFramework> clients = new ArrayList<>();
    private int life;
    private @Nullable TestingServer server;

    /** It is not there yet. */
    StoppableZooKeeper(Path folder) {
        this.folder = folder;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void start() throws Exception {
        File data = Files.createDirectories(folder.resolve("life-" + life)).toFile();
        server = new TestingServer(new InstanceSpec(data, port, -1, -1, false, -1, TICK_MILLIS, -1), true);
    }

    void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** What it knew is not there when it starts again. */
    void forget() {
        life++;
    }

    /** Stops, and returns when the sessions of others have ended. */
    void stopUntilSessionsEnd() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        CuratorFramework witness = client("");
        witness.getConnectionStateListenable().addListener((client, state) -> {
            if (state == ConnectionState.LOST) {
                lost.countDown();
            }
        });
        witness.blockUntilConnected();
        stop();
        if (!lost.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the session has not ended");
        }
    }

    /** Somebody who looks into it, with a user and a password if they are not empty. */
    CuratorFramework client(String userAndPassword) {
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(address())
                .sessionTimeoutMs(OWN_SESSION_MILLIS)
                .connectionTimeoutMs(1_000)
                .retryPolicy(new RetryNTimes(1, 100));
        if (!userAndPassword.isEmpty()) {
            builder.authorization("digest", userAndPassword.getBytes(UTF_8));
        }
        CuratorFramework made = builder.build();
        made.start();
        clients.add(made);
        return made;
    }

    /** The entries below a path, and whose each is. */
    static List<Entry> entries(CuratorFramework client, String path) throws Exception {
        List<Entry> found = new ArrayList<>();
        try {
            for (String node : client.getChildren().forPath(path)) {
                Stat stat = client.checkExists().forPath(path + "/" + node);
                if (stat != null) {
                    found.add(new Entry(URL.valueOf(URL.decode(node)), stat.getEphemeralOwner()));
                }
            }
        } catch (KeeperException.NoNodeException none) {
            return List.of();
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        clients.forEach(CuratorFramework::close);
        stop();
    }

    /**
     * One that is registered.
     *
     * @param session whose it is
     */
    record Entry(URL url, long session) {}
}
