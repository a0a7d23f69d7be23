package io.landfall.examples.quickstart.balancer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A layer-4 balancer: a <em>new</em> connection goes to a ready pod, and stays there. Like kube-proxy it never moves or
 * closes a connection because its pod is no longer ready; that is why a pod has to see to its connections itself.
 */
public final class Balancer implements AutoCloseable {

    private static final long CHECK_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerSocket front;
    private final Choice choice;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /**
     * Listens at once.
     *
     * @param address the one address that clients know
     */
    public Balancer(InetSocketAddress address, Choice choice) throws IOException {
        this.choice = choice;
        front = new ServerSocket();
        front.setReuseAddress(true);
        front.bind(address, 200);
        daemon(this::accept).start();
    }

    /** Takes a pod in and asks for its readiness from now on. */
    public void add(Backend backend) {
        backends.add(backend);
        daemon(() -> keepChecking(backend)).start();
    }

    /** The pods it knows, ready or not. */
    public List<Backend> backends() {
        return List.copyOf(backends);
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return (InetSocketAddress) front.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        front.close();
        connections.forEach(Connection::reset);
    }

    private void keepChecking(Backend backend) {
        while (!front.isClosed() && !backend.isTerminating()) {
            backend.check();
            LockSupport.parkNanos(CHECK_PERIOD_NANOS);
        }
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                // Connecting may take a while: not on this thread, which all other clients wait for.
                daemon(() -> connect(client)).start();
            } catch (IOException closed) {
                // the loop's condition says whether to go on
            }
        }
    }

    private void connect(Socket client) {
        Connection connection = new Connection(client);
        List<Backend> ready = backends.stream().filter(Backend::isReady).toList();
        if (ready.isEmpty()) {
            connection.reset();
            return;
        }
        connections.add(connection);
        try {
            connection.carry(chosen(ready));
        } finally {
            connections.remove(connection);
        }
    }

    /** Chosen and counted in one step: two connections at once must not both see the same least-loaded pod. */
    private synchronized Backend chosen(List<Backend> ready) {
        Backend backend = choice.of(ready);
        backend.opened();
        return backend;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "balancer");
        thread.setDaemon(true);
        return thread;
    }
}
