package io.landfall.examples.quickstart.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final AtomicBoolean firstIsReady = new AtomicBoolean(true);
    private Balancer balancer;
    private Backend first;
    private Backend second;

    @BeforeEach
    void twoPods() throws IOException {
        balancer = closing(new Balancer(ANY_PORT, Choice.named("lc")));
        first = backend("first", firstIsReady::get);
        second = backend("second", () -> true);
        await(() -> first.isReady() && second.isReady());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    @Test
    void shouldSpreadConnectionsEvenly() throws IOException {
        for (int i = 0; i < 10; i++) {
            ask(connect(), "hello");
        }

        assertThat(first.connections()).isEqualTo(5);
        assertThat(second.connections()).isEqualTo(5);
    }

    @Test
    void shouldGiveNewConnectionsToReadyPodsOnly() throws IOException {
        firstIsReady.set(false);
        await(() -> !first.isReady());

        for (int i = 0; i < 5; i++) {
            assertThat(ask(connect(), "hello")).isEqualTo("second: hello");
        }
    }

    @Test
    void shouldLeaveOldConnectionsAlone() throws IOException {
        List<Socket> clients = List.of(connect(), connect());
        List<String> before = askAll(clients);
        assertThat(before).containsExactlyInAnyOrder("first: hello", "second: hello");

        firstIsReady.set(false);
        await(() -> !first.isReady());

        assertThat(askAll(clients)).isEqualTo(before);
        assertThat(first.connections()).isOne();
    }

    @Test
    void shouldTakeATerminatingPodOutWhateverItsProbeSays() throws IOException {
        first.terminating();

        assertThat(first.isReady()).isFalse();
        assertThat(ask(connect(), "hello")).isEqualTo("second: hello");
    }

    @Test
    void shouldTakeAPodInAgainOnceItIsReady() throws IOException {
        firstIsReady.set(false);
        await(() -> !first.isReady());
        firstIsReady.set(true);
        await(first::isReady);

        assertThat(askAll(List.of(connect(), connect()))).containsExactlyInAnyOrder("first: hello", "second: hello");
    }

    @Test
    void shouldPassTheEndOfAConnectionOn() throws IOException {
        Socket client = connect();
        ask(client, "hello");
        int before = first.connections() + second.connections();

        client.close();

        await(() -> first.connections() + second.connections() == before - 1);
    }

    @Test
    void shouldResetAClientWhileNoPodIsReady() {
        first.terminating();
        second.terminating();

        // The reset may come before connect() has returned.
        assertThatThrownBy(() -> ask(connect(), "hello"))
                .isInstanceOf(SocketException.class)
                .isNotInstanceOf(ConnectException.class);
    }

    private Backend backend(String name, ReadinessCheck check) throws IOException {
        EchoServer pod = closing(new EchoServer(name));
        Backend backend = new Backend(name, pod.address(), check);
        balancer.add(backend);
        return backend;
    }

    private Socket connect() throws IOException {
        Socket client = closing(new Socket());
        client.connect(balancer.address(), 5000);
        client.setSoTimeout(5000);
        return client;
    }

    private <T extends AutoCloseable> T closing(T closeable) {
        toClose.add(0, closeable);
        return closeable;
    }

    private static List<String> askAll(List<Socket> clients) throws IOException {
        List<String> answers = new ArrayList<>();
        for (Socket client : clients) {
            answers.add(ask(client, "hello"));
        }
        return answers;
    }

    private static String ask(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return EchoServer.readLine(client.getInputStream());
    }

    private static void await(BooleanSupplier condition) {
        io.landfall.examples.quickstart.process.Await.until("the balancer", Duration.ofSeconds(10), condition);
    }
}
