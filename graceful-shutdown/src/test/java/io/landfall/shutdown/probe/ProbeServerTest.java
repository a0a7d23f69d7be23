package io.landfall.shutdown.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainStep;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeServerTest {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY = "0.0.0.0";

    private final Drain drain = new Drain(new DrainPolicy(
            Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<ProbeServer> servers = new ArrayList<>();

    @AfterEach
    void stopServers() {
        drain.force();
        servers.forEach(ProbeServer::close);
    }

    @Test
    void shouldSayNotReadyUntilTheApplicationIs() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());

        assertThat(get(probe, "/livez").statusCode()).isEqualTo(200);
        HttpResponse<String> starting = get(probe, "/readyz");
        assertThat(starting.statusCode()).isEqualTo(503);
        assertThat(starting.body()).isEqualTo("STARTING\n");

        drain.readiness().accept();
        HttpResponse<String> ready = get(probe, "/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ACCEPTING\n");
        assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldSayNotReadyAndAliveWhileItDrainsAndAfter() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        drain.readiness().accept();
        long call = drain.inFlight("dubbo").enter("slow");

        CompletableFuture<?> drained = drain.begin("test");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        assertThat(get(probe, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(probe, "/readyz").body()).isEqualTo("REFUSING\n");
        assertThat(get(probe, "/livez").statusCode()).isEqualTo(200);

        drain.inFlight("dubbo").exit(call);
        drained.join();
        assertThat(get(probe, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(probe, "/livez").statusCode()).isEqualTo(200);
    }

    /** A main that has returned ends its JVM, as a Job's does. */
    @Test
    void shouldKeepNoJvmAlive() throws Exception {
        start(LOOPBACK, Optional.empty());

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void shouldTellThatAProberSawItReady() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        AtomicInteger seen = new AtomicInteger();
        drain.readiness().whenSeenReady(seen::incrementAndGet);
        get(probe, "/readyz");
        drain.readiness().accept();
        assertThat(seen).hasValue(0);

        get(probe, "/livez");
        assertThat(seen).hasValue(0);
        get(probe, "/readyz");
        assertThat(seen).hasValue(1);
    }

    @Test
    void shouldAnswerWhenItHasDrained() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        long call = drain.inFlight("dubbo").enter("slow");

        CompletableFuture<HttpResponse<String>> answer = getAside(probe, "/drain");
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
        assertThat(answer).isNotDone();
        drain.inFlight("dubbo").exit(call);

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body())
                .startsWith("Drained in ")
                .contains("after GET /drain", "QUIET", "served while draining: 1");
    }

    @Test
    void shouldDrainOnceHoweverOftenItIsAsked() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        AtomicInteger runs = new AtomicInteger();
        drain.add(DrainStep.of("once", DrainPhase.WITHDRAWN, runs::incrementAndGet));

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(getAside(probe, "/drain"));
        }
        String first = answers.get(0).join().body();
        String again = get(probe, "/drain").body();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo(first));
        assertThat(again).isEqualTo(first);
        assertThat(runs).hasValue(1);
    }

    @Test
    void shouldAnswerProbesHoweverManyWaitForTheDrain() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        long call = drain.inFlight("dubbo").enter("slow");
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waiting.add(getAside(probe, "/drain"));
        }
        await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);

        for (int i = 0; i < 20; i++) {
            assertThat(get(probe, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(probe, "/readyz").statusCode()).isEqualTo(503);
        }
        assertThat(waiting).allSatisfy(one -> assertThat(one).isNotDone());

        drain.inFlight("dubbo").exit(call);
        assertThat(waiting)
                .allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    }

    @Test
    void shouldLetTheWholeHostDrainWithoutAToken() throws Exception {
        ProbeServer probe = start(ANY, Optional.of("s3cret"));

        assertThat(get(probe, "/drain").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseToDrainForAnotherHostWithoutTheToken() throws Exception {
        ProbeServer open = start(ANY, Optional.empty());
        ProbeServer guarded = start(ANY, Optional.of("s3cret"));

        assertThat(fromElsewhere(open, null).statusCode()).isEqualTo(403);
        assertThat(fromElsewhere(open, "Bearer ").statusCode()).isEqualTo(403);
        assertThat(fromElsewhere(guarded, null).statusCode()).isEqualTo(403);
        assertThat(fromElsewhere(guarded, "Bearer wrong").statusCode()).isEqualTo(403);
        assertThat(fromElsewhere(guarded, "s3cret").statusCode()).isEqualTo(403);
        HttpResponse<String> refused = fromElsewhere(guarded, "Basic s3cret");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("landfall.probe.token").doesNotContain("s3cret");
        assertThat(drain.phase()).isEqualTo(DrainPhase.SERVING);

        HttpResponse<String> allowed = fromElsewhere(guarded, "Bearer s3cret");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(drain.phase()).isEqualTo(DrainPhase.CLOSED);
    }

    @Test
    void shouldAnswerWithTheReasonWhenAnActionFails() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        drain.readiness().whenSeenReady(() -> {
            throw new IllegalStateException("no registry");
        });
        drain.readiness().accept();

        HttpResponse<String> failed = get(probe, "/readyz");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("no registry");
        assertThat(get(probe, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerOnlyWhatItKnows() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());

        assertThat(get(probe, "/").statusCode()).isEqualTo(404);
        assertThat(get(probe, "/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayWhatToChangeWhenThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int taken = other.getLocalPort();

            assertThatThrownBy(() -> ProbeServer.start(drain, LOOPBACK, taken, Optional.empty()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(LOOPBACK + ":" + taken)
                    .hasMessageContaining("set landfall.probe.port to a free port");
        }
    }

    @Test
    void shouldSayWhatToChangeWhenTheHostIsNotOurs() {
        assertThatThrownBy(() -> ProbeServer.start(drain, "203.0.113.9", 0, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("203.0.113.9:0")
                .hasMessageContaining("landfall.probe.host to an address of this pod");
        assertThatThrownBy(() -> ProbeServer.start(drain, "no.such.host.invalid", 0, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no.such.host.invalid:0")
                .hasMessageContaining("landfall.probe.host to an address of this pod");
    }

    @Test
    void shouldFreeItsPortWhenClosed() throws Exception {
        ProbeServer probe = start(LOOPBACK, Optional.empty());
        int port = probe.port();
        probe.close();

        ProbeServer again = ProbeServer.start(drain, LOOPBACK, port, Optional.empty());
        servers.add(again);
        assertThat(get(again, "/livez").statusCode()).isEqualTo(200);
    }

    private ProbeServer start(String host, Optional<String> token) {
        ProbeServer probe = ProbeServer.start(drain, host, 0, token);
        servers.add(probe);
        return probe;
    }

    private HttpResponse<String> get(ProbeServer probe, String path) throws IOException, InterruptedException {
        return client.send(request(LOOPBACK, probe, path).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> getAside(ProbeServer probe, String path) {
        return client.sendAsync(request(LOOPBACK, probe, path).build(), BodyHandlers.ofString());
    }

    /** To an address of this machine that is not loopback, the kernel comes from that address too. */
    private HttpResponse<String> fromElsewhere(ProbeServer probe, @Nullable String authorization)
            throws IOException, InterruptedException {
        Optional<String> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeThat(own).as("an address besides loopback").isPresent();
        HttpRequest.Builder request = request(own.orElseThrow(), probe, "/drain");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String host, ProbeServer probe, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + probe.port() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
