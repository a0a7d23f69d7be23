package io.landfall.examples.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {

    private static final List<String> ADDRESSES = List.of("127.0.0.1");

    @Test
    void shouldSayInOneSentenceThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Loopback.freePort("Dubbo providers (-Dx)", ADDRESSES, port, true))
                    .isInstanceOf(CannotRunException.class)
                    .hasMessage("Port " + port + " for the Dubbo providers (-Dx) is taken; free it or choose another.");
        }
    }

    @Test
    void shouldTakeTheNextPortIfAnyWillDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(Loopback.freePort("probes", ADDRESSES, port, false)).isGreaterThan(port);
        }
    }

    @Test
    void shouldSayWhichAddressCannotBeUsed() {
        // An address of the documentation's range, which no machine has.
        assertThatThrownBy(() -> Loopback.requireUsable(List.of("127.0.0.1", "192.0.2.200")))
                .isInstanceOf(CannotRunException.class)
                .hasMessageContaining("Cannot bind 192.0.2.200");
    }
}
