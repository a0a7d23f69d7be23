package io.landfall.shutdown.dubbo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address for several servers: what a balancer does, with the next connection's server in the test's hand. It can also
 * freeze, as a network does that loses everything.
 */
public final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Object ice = new Object();
    private volatile int target;
    private volatile boolean frozen;

    /** One that is open, on a port of its own. */
    public Relay(int target) throws IOException {
        this.target = target;
        // On every address: Dubbo connects to the machine's own address where a URL says loopback.
        server = new ServerSocket(0);
        start(this::accept);
    }

    /** Where connections go from now on. */
    public void target(int port) {
        target = port;
    }

    /** Where it listens, at every address of this machine. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many have been made. */
    public int connections() {
        return connections.get();
    }

    /** How many found nobody behind the address. */
    public int refused() {
        return refused.get();
    }

    /** Ends every connection that is open now. */
    public void cut() {
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets nothing through, in either direction, and closes nothing. */
    public void freeze() {
        frozen = true;
    }

    /** Lets everything through again. */
    public void thaw() {
        synchronized (ice) {
            frozen = false;
            ice.notifyAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                relay(server.accept());
            } catch (IOException closed) {
                // the test is over
            }
        }
    }

    private void relay(Socket from) throws IOException {
        sockets.add(from);
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(to);
            connections.incrementAndGet();
            start(() -> pump(from, to));
            start(() -> pump(to, from));
        } catch (IOException nobodyThere) {
            refused.incrementAndGet();
            from.close();
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                awaitThaw();
                out.write(bytes, 0, n);
            }
        } catch (IOException ended) {
            // by one of the two
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThaw() throws InterruptedException {
        synchronized (ice) {
            while (frozen) {
                ice.wait();
            }
        }
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        thaw();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
