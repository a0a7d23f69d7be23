package io.landfall.shutdown.dubbo.consumer;

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

/** One address for several providers: what a balancer does, with the next connection's provider in the test's hand. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int target;

    Relay(int target) throws IOException {
        this.target = target;
        // On every address: Dubbo connects to the machine's own address where a URL says loopback.
        server = new ServerSocket(0);
        start(this::accept);
    }

    /** Where connections go from now on. */
    void target(int port) {
        target = port;
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many have been made. */
    int connections() {
        return connections.get();
    }

    /** How many found nobody behind the address. */
    int refused() {
        return refused.get();
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

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // by one of the two
        }
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
