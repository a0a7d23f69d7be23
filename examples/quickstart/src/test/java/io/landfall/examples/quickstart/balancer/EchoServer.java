package io.landfall.examples.quickstart.balancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A pod for tests: repeats each line, with its own name before it. */
final class EchoServer implements AutoCloseable {

    private final String name;
    private final ServerSocket server;

    EchoServer(String name) throws IOException {
        this.name = name;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A line without its end; empty at the end of the stream. */
    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> echo(client));
            } catch (IOException closed) {
                // the loop's condition says whether to go on
            }
        }
    }

    private void echo(Socket client) {
        try (client) {
            for (String line = readLine(client.getInputStream());
                    !line.isEmpty();
                    line = readLine(client.getInputStream())) {
                client.getOutputStream().write((name + ": " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException reset) {
            // the client is gone
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        thread.start();
    }
}
