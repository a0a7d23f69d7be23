package io.landfall.examples.quickstart.balancer;

import java.io.IOException;
import java.net.Socket;

/** One client's connection through the balancer, from its first byte to its last. */
final class Connection {

    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    private final Socket client;
    private final Socket pod = new Socket();

    Connection(Socket client) {
        this.client = client;
    }

    /** Carries bytes both ways until both sides are done. */
    void carry(Backend backend) {
        try {
            pod.connect(backend.address(), CONNECT_TIMEOUT_MILLIS);
            client.setTcpNoDelay(true);
            pod.setTcpNoDelay(true);
            Thread back = new Thread(() -> copy(pod, client), "balancer from " + backend.pod());
            back.setDaemon(true);
            back.start();
            copy(client, pod);
            back.join();
        } catch (IOException refused) {
            // A pod that died since it was last asked: the client sees a reset, as it would without us.
            reset();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end(client);
            end(pod);
            backend.closed();
        }
    }

    /** Resets both sides. */
    void reset() {
        reset(client);
        reset(pod);
    }

    /** The end of one direction is passed on and leaves the other open, as in a plain TCP connection. */
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            reset();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // nothing left to discard
        }
        end(socket);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // that is what we wanted
        }
    }
}
