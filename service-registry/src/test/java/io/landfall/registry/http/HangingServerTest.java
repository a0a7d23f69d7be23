package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.registry.Registration;
import io.landfall.registry.RegistryException;
import io.landfall.registry.ServiceRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that takes a connection, and then is silent. */
class HangingServerTest {

    private static final Timing SHORT = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2));

    private final ServerSocket socket;

    HangingServerTest() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void open() throws IOException {
        socket.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"})
    void shouldGiveUpAndLeaveNoConnection(String begins) {
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> answerAndReadToTheEnd(begins));

        assertThatThrownBy(() -> eureka(SHORT).enter(ServiceRegistryContract.instance("203.0.113.10:80")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(socket.getLocalPort() + "/eureka does not answer within 2000 ms");

        assertThat(end).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void shouldWithdrawInTime() {
        Registration registration = Registration.of("orders")
                .port(8080)
                .settings(ServiceRegistryContract.settings("orders-0"))
                .withdrawWithin(Duration.ofMillis(500))
                .in(eureka(Timing.of(Duration.ofSeconds(30))));
        registration.register();

        long begin = System.nanoTime();
        registration.close();

        assertThat(registration.registered()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    /** Behind a server that is not there, at which the client loads its classes: its first call may take longer than the limit. */
    private ServiceRegistry eureka(Timing timing) {
        String url = "eureka+http://127.0.0.1:1/eureka,http://127.0.0.1:" + socket.getLocalPort() + "/eureka";
        return new EurekaRegistry(RegistryUrl.parse(url).servers(), timing);
    }

    /** How many bytes came before the other side closed the connection. */
    private int answerAndReadToTheEnd(String begins) {
        int bytes = 0;
        try (Socket connection = socket.accept();
                InputStream in = connection.getInputStream()) {
            connection.setSoTimeout(20_000);
            bytes += in.readNBytes(1).length;
            connection.getOutputStream().write(begins.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            while (in.read() >= 0) {
                bytes++;
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the connection was left open", open);
        } catch (IOException reset) {
            // Closed as well.
            return bytes;
        }
        return bytes;
    }
}
