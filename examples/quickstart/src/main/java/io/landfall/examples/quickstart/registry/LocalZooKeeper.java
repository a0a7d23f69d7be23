package io.landfall.examples.quickstart.registry;

import io.landfall.examples.quickstart.process.Folder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper server of one member, on a loopback port that the system chooses. */
public final class LocalZooKeeper implements AutoCloseable {

    private static final int TICK_MILLIS = 2000;
    private static final int MAX_CLIENTS = 200;

    private final Path data;
    private final ZooKeeperServer server;
    private final NIOServerCnxnFactory connections = new NIOServerCnxnFactory();

    private LocalZooKeeper(Path data) throws IOException {
        this.data = data;
        server = new ZooKeeperServer(data.toFile(), data.toFile(), TICK_MILLIS);
    }

    /**
     * Starts the server.
     *
     * @param data a folder for its files; what is in it is deleted first, and the folder when the server is closed
     */
    public static LocalZooKeeper start(Path data) throws IOException, InterruptedException {
        // The data is thrown away: no need to wait for the disk.
        System.setProperty("zookeeper.forceSync", "no");
        Folder.delete(data);
        LocalZooKeeper zooKeeper = new LocalZooKeeper(Files.createDirectories(data));
        zooKeeper.connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MAX_CLIENTS);
        zooKeeper.connections.startup(zooKeeper.server);
        return zooKeeper;
    }

    /** As Dubbo wants it. */
    public String url() {
        return "zookeeper://127.0.0.1:" + connections.getLocalPort();
    }

    /** What is entered for a service right now. */
    public Entries entries(String service) {
        String path = "/dubbo/" + service + "/providers";
        var node = server.getZKDatabase().getDataTree().getNode(path);
        if (node == null) {
            return Entries.none();
        }
        synchronized (node) {
            return Entries.ofNodes(node.getChildren());
        }
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() throws IOException {
        connections.shutdown();
        server.shutdown();
        Folder.delete(data);
    }
}
