package io.landfall.registry.nacos;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import com.alibaba.nacos.shaded.io.grpc.Server;
import io.landfall.shutdown.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A fixture, and no server: as much of Nacos' gRPC protocol as the real clients need to register and to subscribe, with the
 * behaviour that was measured of a real server 3.0.3 with the clients 2.5.1 and 3.1.1 (decision 0017). Messages and gRPC are the
 * client's own classes.
 *
 * <p>As measured:
 * <ul>
 *   <li>ephemeral entries of several connections that are the same in everything are one; any difference in metadata, instance id,
 *       weight or cluster keeps them apart, also at one address and port;
 *   <li>a connection that ends takes its own entries with it, and nobody else's;
 *   <li>what changes is pushed half a second later, together with what else has changed until then;
 *   <li>a server that comes back knows nobody, and says so to subscribers until the providers' clients have registered again.
 * </ul>
 * That listeners miss most of what comes and goes at one address and port needs no part of this fixture: it is the real client
 * that compares lists by these two. Which entry of an address is the last one, and so the one compared, is a matter of hash codes, as
 * on a server.
 *
 * <p>As a server's sources say: a question is answered with what was pushed last; metadata of more than 1024 characters is
 * refused; a connection registers one entry of a service, or a batch that replaces what it had.
 *
 * <p>Not here: whatever goes over HTTP, which is the console, its weights and the old clients; persistent entries; several servers
 * that tell each other; configuration and metadata; users; the 26 s after which a server gives up a client that hangs; names that
 * a server does not accept; services that are forgotten when they have been empty for a while.
 *
 * <p>Safe for any thread. There should be one at a time: clients keep what they hear in a folder that a system property names.
 */
public final class NacosFixture implements AutoCloseable {

    /** Clients add this to the port that they are told. */
    private static final int GRPC_OFFSET = 1000;

    private static final String CLIENTS_FOLDER = "JM.SNAPSHOT.PATH";

    private final Path folder;
    private final @Nullable String folderBefore;
    private final int port;
    private final List<NamingService> clients = new ArrayList<>();
    private Naming naming = new Naming();
    private @Nullable Server server;

    private NacosFixture(Path folder) throws IOException {
        this.folder = folder;
        folderBefore = System.setProperty(CLIENTS_FOLDER, folder.toString());
        Server listening = new NamingProtocol(naming).listen(FreePort.next());
        server = listening;
        port = listening.getPort() - GRPC_OFFSET;
    }

    /** One that listens on loopback, on a port of its own. */
    public static NacosFixture start() throws IOException {
        return new NacosFixture(Files.createTempDirectory("nacos-clients"));
    }

    /** What a client is told: host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A real client, closed with the fixture. */
    public NamingService client() throws NacosException {
        return client(new Properties());
    }

    /** A real client that looks so often whether it has to register or subscribe again; without being told, every three seconds. */
    public NamingService client(Duration redo) throws NacosException {
        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.REDO_DELAY_TIME, String.valueOf(redo.toMillis()));
        return client(properties);
    }

    private synchronized NamingService client(Properties properties) throws NacosException {
        properties.setProperty(PropertyKeyConst.SERVER_ADDR, address());
        NamingService client = NacosFactory.createNamingService(properties);
        clients.add(client);
        return client;
    }

    /** The entries of a service at this moment: subscribers may not have heard of them yet. */
    public synchronized List<Instance> entries(String service) {
        return naming.entries(service);
    }

    /** How many connections have entered something for a service: entries that are the same in everything count each. */
    public synchronized int publishers(String service) {
        return naming.publishers(service);
    }

    /** Goes away as a process does that is killed: connections break, and what was registered is forgotten. */
    public synchronized void stop() {
        Server running = server;
        server = null;
        if (running != null && !ended(running.shutdownNow())) {
            throw new IllegalStateException("connections are left open at " + address());
        }
        naming.close();
    }

    private static boolean ended(Server stopping) {
        try {
            return stopping.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Comes back at the same port, after a {@link #stop}. */
    public synchronized void startAgain() throws IOException {
        naming = new Naming();
        server = new NamingProtocol(naming).listen(port + GRPC_OFFSET);
    }

    @Override
    public synchronized void close() throws NacosException, IOException {
        for (NamingService client : clients) {
            client.shutDown();
        }
        stop();
        if (folderBefore == null) {
            System.clearProperty(CLIENTS_FOLDER);
        } else {
            System.setProperty(CLIENTS_FOLDER, folderBefore);
        }
        boolean unused = FileSystemUtils.deleteRecursively(folder);
    }
}
