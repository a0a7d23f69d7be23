package io.landfall.e2e.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostConnectionsTest {

    /** Of loopback, and nobody else's. */
    private static final String ADDRESS = "127.83.7.11";

    @Test
    void shouldSeeAConnectionComeAndGo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            HostConnections connections = HostConnections.to(ADDRESS);
            Instant before = connections.look();
            assertThat(connections.look()).isEqualTo(before);

            Instant opened;
            try (Socket socket = new Socket(ADDRESS, server.getLocalPort())) {
                opened = connections.look();
                assertThat(opened).isAfter(before);
                assertThat(connections.look()).isEqualTo(opened);
                assertThat(socket.isConnected()).isTrue();
            }
            assertThat(connections.look()).isAfter(opened);
        }
    }
}
