package io.landfall.examples.quickstart.balancer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** How a pod's readiness is found out: the two kinds of probe a pod template would have. */
@FunctionalInterface
public interface ReadinessCheck {

    /** Asks the pod; within a second. */
    boolean isReady();

    /** Ready while the address gives status 200. */
    static ReadinessCheck http(URI uri) {
        return () -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setConnectTimeout(500);
                connection.setReadTimeout(500);
                boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
                connection.disconnect();
                return ready;
            } catch (IOException notReady) {
                return false;
            }
        };
    }

    /** Ready while the port accepts connections. */
    static ReadinessCheck tcp(InetSocketAddress address) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(address, 500);
                return true;
            } catch (IOException notReady) {
                return false;
            }
        };
    }
}
