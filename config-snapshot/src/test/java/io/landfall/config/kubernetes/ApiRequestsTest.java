package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.mockwebserver.http.MockResponse;
import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.UnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestsTest {

    private static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    private final Snapshot snapshot = Snapshot.builder(BASE)
            .file(SnapshotFile.of("db.properties", "password=hunter2").withSecretKeys(List.of("password")))
            .build();

    @BeforeAll
    static void start() {
        server = new ApiServerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.clear();
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("429", answer(() -> Answers.status(429, "TooManyRequests", "later"))),
                Arguments.of("500", answer(() -> Answers.status(500, "InternalError", "etcd"))),
                Arguments.of("504", answer(() -> Answers.status(504, "Timeout", "etcd"))),
                Arguments.of("cut", answer(Answers::cut)));
    }

    private static Supplier<MockResponse> answer(Supplier<MockResponse> answer) {
        return answer;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void shouldTryAgainWhatMayPass(String name, Supplier<MockResponse> failure) {
        AtomicInteger requests = new AtomicInteger();
        server.fault((request, real) -> requests.incrementAndGet() % 2 == 1 ? failure.get() : real.get());

        assertThat(server.store().write(snapshot)).isTrue();

        server.heal();
        assertThat(server.store().find(BASE)).contains(snapshot);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void shouldGiveUpInTheEnd(String name, Supplier<MockResponse> failure) {
        server.fault((request, real) -> failure.get());

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> server.store().find(BASE))
                .withMessageContaining("ConfigMap shop/orders-config-1.4.2");
        assertThat(server.requests()).hasSize(2);
    }

    /** Its client waits for the body of an answer for ever. */
    @Test
    @Timeout(20)
    void shouldNotWaitForTheRestOfAnAnswer() {
        ApiRequests.Limits limits =
                new ApiRequests.Limits(Duration.ofSeconds(1), 2, IntervalFunction.of(Duration.ofMillis(1)));
        // The client's first request of all takes longer.
        server.store().find(BASE);
        server.clear();
        server.fault((request, real) -> Answers.hanging());

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> new ConfigMapStore(server.client(), ApiServerFixture.NAMESPACE, limits).find(BASE))
                .withMessageContaining("gives no answer");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"get, configmaps", "create, secrets", "create, configmaps"})
    void shouldSayWhichRightIsMissing(String verb, String resource) {
        server.forbid(verb + " " + resource);

        SnapshotException e = catchThrowableOfType(
                SnapshotException.class, () -> server.store().write(snapshot));

        String right = verb + " %s" + resource + " of namespace shop";
        assertThat(e).isNotInstanceOf(UnavailableException.class);
        assertThat(e.violations()).singleElement().satisfies(v -> {
            assertThat(v.problem()).startsWith("the API server forbids to " + right.formatted(""));
            assertThat(v.remedy()).contains("a Role with " + right.formatted("on "));
        });
        assertThat(server.requests()).as("asked once").doesNotHaveDuplicates();
    }

    @Test
    void shouldNotTryAgainAsSomebodyUnknown() {
        server.fault((request, real) -> Answers.status(401, "Unauthorized", "Unauthorized"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> server.store().find(BASE))
                .withMessageContaining("the API server does not know who asks (401)");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 500})
    void shouldNeverQuoteASecret(int code) {
        server.fault((request, real) -> request.getPath().endsWith("/secrets")
                ? Answers.status(code, "Whatever", "policy: 'password=hunter2' is weak")
                : real.get());

        SnapshotException e = catchThrowableOfType(
                SnapshotException.class, () -> server.store().write(snapshot));

        StringWriter everything = new StringWriter();
        e.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString())
                .contains("Secret shop/orders-config-1.4.2--")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() {
        server.fault((request, real) -> Answers.hanging());
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> server.store().find(BASE));

        assertThat(Thread.interrupted()).isTrue();
    }
}
