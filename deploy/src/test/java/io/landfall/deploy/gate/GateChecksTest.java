package io.landfall.deploy.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.Verdict;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateChecksTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final ReleaseOrder ORDER = new ReleaseOrder(
            "orders-1",
            Flow.ONLINE,
            new WorkloadName(WorkloadName.Kind.DEPLOYMENT, "shop", "orders"),
            new Target.Scale(1),
            Optional.empty(),
            Batches.parse("1"),
            new ReleaseOrder.Conduct(
                    ReleaseOrder.Strategy.STOP_FIRST,
                    ReleaseOrder.Advance.AUTOMATIC,
                    Duration.ZERO,
                    Duration.ofMinutes(5),
                    ReleaseOrder.OnFailure.PAUSE,
                    List.of()),
            "anna",
            Instant.EPOCH);

    private static final WorkloadView SEEN = new WorkloadView(
            "1",
            1,
            WorkloadView.Template.TARGET,
            true,
            0,
            new WorkloadView.Fields(0, "0%", "25%", 0, false),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private HttpServer server;
    private URI address;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            synchronized (answers) {
                asked.add(exchange.getRequestURI().toString());
            }
            Answer answer = next();
            if (answer.status() == 0) {
                await();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address =
                URI.create("http://anna:secret@127.0.0.1:" + server.getAddress().getPort() + "/ready");
    }

    /** The last one for ever. */
    private Answer next() {
        synchronized (answers) {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
    }

    private void await() {
        try {
            hanging.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        hanging.countDown();
        server.stop(0);
    }

    private Verdict page() {
        return page(TIMEOUT);
    }

    private Verdict page(Duration timeout) {
        return new HttpCheck(timeout).check(new Gate.Http(address), ORDER, SEEN).orElseThrow();
    }

    private Verdict query() {
        Gate.Prometheus gate = new Gate.Prometheus(address.resolve("/"), "error_ratio{app=\"orders\"} < 0.01");
        return new PrometheusCheck(TIMEOUT).check(gate, ORDER, SEEN).orElseThrow();
    }

    @Test
    void shouldPassAPageThatAnswers() {
        answers.add(new Answer(204, ""));
        assertThat(page()).isEqualTo(new Verdict.Passed());
    }

    @Test
    void shouldAskAgainBeforeItFails() {
        answers.addAll(List.of(new Answer(503, ""), new Answer(200, "ok")));
        assertThat(page()).isEqualTo(new Verdict.Passed());
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldFailAPageThatDoesNotAnswerWell() {
        answers.add(new Answer(503, ""));
        assertThat(page()).asInstanceOf(type(Verdict.Failed.class)).satisfies(failed -> assertThat(failed.why())
                .endsWith("/ready answers 503")
                .doesNotContain("secret"));
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldNotFollowARedirect() {
        answers.add(new Answer(302, ""));
        assertThat(page()).isInstanceOf(Verdict.Failed.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldSayThatNobodyKnowsWithoutAnAnswer() {
        answers.add(new Answer(0, ""));
        assertThat(page(Duration.ofMillis(400)))
                .asInstanceOf(type(Verdict.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.why())
                        .contains("did not answer in 400 ms")
                        .doesNotContain("secret"));
    }

    @Test
    void shouldSayThatNobodyKnowsWhereNobodyListens() {
        server.stop(0);
        assertThat(page()).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldPassAQueryThatGivesASeries() {
        answers.add(
                new Answer(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"0\"]}]}}"));
        assertThat(query()).isEqualTo(new Verdict.Passed());
        assertThat(asked).containsExactly("/api/v1/query?query=error_ratio%7Bapp%3D%22orders%22%7D+%3C+0.01");
    }

    @Test
    void shouldFailAQueryThatGivesNone() {
        answers.add(new Answer(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"));
        assertThat(query()).isEqualTo(new Verdict.Failed("it does not hold: error_ratio{app=\"orders\"} < 0.01"));
    }

    @Test
    void shouldSayThatNobodyKnowsWhatAQueryMeans() {
        answers.add(new Answer(400, "{\"status\":\"error\",\"error\":\"parse error\"}"));
        assertThat(query()).asInstanceOf(type(Verdict.Unknown.class)).satisfies(unknown -> assertThat(unknown.why())
                .endsWith("answers 400 parse error"));
        answers.add(new Answer(200, "<html>"));
        answers.remove();
        assertThat(query()).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldLeaveOtherGatesToOthers() {
        assertThat(new HttpCheck(TIMEOUT).check(new Gate.Restarts(0), ORDER, SEEN))
                .isEmpty();
        assertThat(new PrometheusCheck(TIMEOUT).check(new Gate.Restarts(0), ORDER, SEEN))
                .isEmpty();
    }
}
