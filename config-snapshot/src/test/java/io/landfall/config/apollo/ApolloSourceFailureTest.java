package io.landfall.config.apollo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApolloSourceFailureTest {

    private static final String APP = "orders";
    private static final String KEY = "1cf998c4e2ad4704b45a98a509d15719";
    private static final String READ = "/configs/orders/default/application";

    private ApolloFixture apollo;

    @BeforeEach
    void start() throws IOException {
        apollo = ApolloFixture.start()
                .application(APP, "Orders")
                .release(APP, "application", Map.of("password", "s3cret"))
                .release(APP, "db.yaml", Map.of("content", "a: 1\n"));
    }

    @AfterEach
    void close() {
        apollo.close();
    }

    private ApolloSourceBuilder source() {
        return ApolloSource.builder(apollo.configService(), APP)
                .timeout(Duration.ofSeconds(30))
                .firstPause(Duration.ofMillis(10));
    }

    private ApolloSourceBuilder withPortal() {
        return source().openApi(apollo.portal(), ApolloFixture.ENV, ApolloFixture.TOKEN);
    }

    private static SnapshotException refusal(ApolloSource source) {
        SnapshotException refusal = catchThrowableOfType(SnapshotException.class, source::read);
        assertThat(refusal).as("what the source refuses").isNotNull();
        for (Throwable e = refusal; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e)).doesNotContain("s3cret", KEY, ApolloFixture.TOKEN);
        }
        return refusal;
    }

    static Stream<Arguments> temporary() {
        return Stream.of(
                Arguments.of("answered 500", Fault.status(500)),
                Arguments.of("answered 502", Fault.status(502)),
                Arguments.of("answered 503", Fault.status(503)),
                Arguments.of("answered 429", Fault.status(429)),
                Arguments.of("broke off", Fault.cut()),
                Arguments.of("broke off", Fault.cutChunks()));
    }

    @ParameterizedTest
    @MethodSource("temporary")
    void shouldAskAgainWhileThereMayBeAnAnswer(String problem, Fault fault) {
        apollo.fault(READ, 2, fault);
        assertThat(source().build().read().files()).hasSize(1);

        apollo.fault(READ, 3, fault);
        assertThat(refusal(source().build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("orders/default/application at " + apollo.configService())
                .hasMessageContaining(problem);
        assertThat(apollo.requests())
                .as("two failures, two good ones, three failures")
                .hasSize(7);
    }

    static Stream<Fault> slow() {
        return Stream.of(Fault.hang(), Fault.stall());
    }

    @ParameterizedTest
    @MethodSource("slow")
    void shouldWaitForAWholeAnswerNoLongerThanTheTimeout(Fault fault) {
        apollo.fault(READ, 2, fault);
        long begin = System.nanoTime();

        SnapshotException refusal =
                refusal(source().timeout(Duration.ofMillis(200)).attempts(2).build());

        assertThat(refusal).isInstanceOf(UnavailableException.class).hasMessageContaining("within 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(400), Duration.ofSeconds(20));
    }

    @Test
    void shouldSayThatThereIsNoServer() {
        ApolloSource source = source().attempts(1).build();
        apollo.close();

        assertThat(refusal(source))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cannot be connected to");
    }

    @Test
    void shouldEndWhenInterrupted() throws Exception {
        apollo.fault(READ, 3, Fault.hang());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        AtomicReference<Object> thrown = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                source().build().read();
            } catch (UnavailableException e) {
                thrown.set(e.getMessage());
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        reader.start();
        await().until(() -> !apollo.requests().isEmpty());
        reader.interrupt();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).asString().contains("interrupted");
    }

    static Stream<Arguments> untrue() {
        String good = "\"appId\":\"orders\",\"cluster\":\"default\",\"namespaceName\":\"application\"";
        return Stream.of(
                Arguments.of("", "empty"),
                Arguments.of("<html>s3cret</html>", "not JSON"),
                Arguments.of("{" + good + ",\"configurations\":{\"password\":\"s3cret", "not JSON"),
                Arguments.of("s3cret", "not JSON"),
                Arguments.of("[]", "no object"),
                Arguments.of("{} {}", "something follows"),
                Arguments.of("{}", "no text appId"),
                Arguments.of("{" + good + ",\"configurations\":{}}", "no text releaseKey"),
                Arguments.of("{" + good + ",\"configurations\":{},\"releaseKey\":\"\"}", "releaseKey is empty"),
                Arguments.of("{" + good + ",\"releaseKey\":\"k\"}", "configurations is no object"),
                Arguments.of("{" + good + ",\"releaseKey\":\"k\",\"configurations\":{\"a\":null}}", "key a is no text"),
                Arguments.of("{" + good + ",\"releaseKey\":\"k\",\"configurations\":{\"a\":1}}", "key a is no text"),
                Arguments.of(
                        "{" + good + ",\"releaseKey\":\"k\",\"configurations\":{\"a\":\"s3cret\",\"a\":\"2\"}}",
                        "not JSON"),
                Arguments.of("{" + good.replace("application", "Application") + "}", "another namespace"),
                Arguments.of("{" + good.replace("orders", "others") + "}", "another application"),
                Arguments.of("{" + good.replace("default", "20261122001325-7aaf8a59878f23bd") + "}", "gray release"));
    }

    @ParameterizedTest
    @MethodSource("untrue")
    void shouldRefuseAnAnswerThatIsNotTrue(String body, String problem) {
        apollo.fault(READ, 1, Fault.body(body));

        assertThat(refusal(source().build()))
                .isNotInstanceOf(UnavailableException.class)
                .hasMessageContaining("orders/default/application at ")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseAHugeAnswer() {
        apollo.fault(READ, 1, Fault.endless());

        assertThat(refusal(source().largest(1_000_000).build()))
                .isNotInstanceOf(UnavailableException.class)
                .hasMessageContaining("more than 1000000 bytes");
        assertThat(apollo.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"304, something in between keeps answers", "302, give that URL", "400, answered 400", "403, access key"
    })
    void shouldExplainOtherAnswers(int status, String text) {
        apollo.fault(READ, 1, Fault.status(status));

        assertThat(refusal(source().build()))
                .isNotInstanceOf(UnavailableException.class)
                .hasMessageContaining(text);
    }

    @Test
    void shouldSayWhatIsWrongWithTheAccessKey() {
        apollo.accessKey(APP, KEY);

        assertThat(refusal(source().build())).hasMessageContaining("give the access key");
        assertThat(refusal(source().accessKey("other").build())).hasMessageContaining("check the access key");
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
        assertThat(refusal(source().accessKey(KEY).clock(late).build()).getMessage())
                .containsPattern("its clock is 1(0[0-9]|1[0-9]|2[01]) s ahead of ours")
                .contains("Apollo accepts a minute");
    }

    @ParameterizedTest
    @CsvSource({
        "none, default, application, the portal knows no application none",
        "orders, gz, nope, the application orders has no cluster gz in LOCAL",
        "orders, default, nope, the application orders has no namespace nope in LOCAL",
        "orders, default, empty, the namespace empty has no release in LOCAL"
    })
    void shouldNameWhatIsUnknown(String app, String cluster, String namespace, String problem) {
        apollo.item(APP, "default", "empty", "a", "1", "");
        ApolloSourceBuilder source = ApolloSource.builder(apollo.configService(), app)
                .firstPause(Duration.ofMillis(10))
                .cluster(cluster)
                .namespaces(namespace);

        assertThat(refusal(source.build()))
                .hasMessageContaining(app + "/" + cluster + "/" + namespace + " at ")
                .hasMessageContaining("answered 404");
        source.openApi(apollo.portal(), ApolloFixture.ENV, ApolloFixture.TOKEN);
        assertThat(refusal(source.build())).hasMessageContaining(problem);
    }

    @Test
    void shouldSayAllThatIsWrong() {
        apollo.fault("/default/application", 9, Fault.status(503));

        SnapshotException refusal = refusal(
                source().namespaces("application", "db.yaml", "one", "two.json").build());

        assertThat(refusal).isNotInstanceOf(UnavailableException.class);
        assertThat(refusal.violations())
                .extracting(Violation::problem)
                .hasSize(3)
                .anyMatch(p -> p.contains("503"))
                .anyMatch(p -> p.contains("404"));
    }

    @Test
    void shouldNameAllThatDidNotAnswer() {
        apollo.fault("/configs/", 9, Fault.status(503));

        assertThat(refusal(source().namespaces("application", "db.yaml").build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("orders/default/application at")
                .hasMessageContaining("orders/default/db.yaml at");
    }

    @Test
    void shouldRefuseTextsThatAreNone() {
        apollo.release(APP, "a.json", Map.of("other", "{}")).release(APP, "b.txt", Map.of("content", "half \uD800"));
        apollo.fault(
                "b.txt",
                1,
                Fault.body("{\"appId\":\"orders\",\"cluster\":\"default\",\"namespaceName\":\"b.txt\","
                        + "\"releaseKey\":\"k\",\"configurations\":{\"content\":\"\\uD800\"}}"));

        assertThat(refusal(source().namespaces("a.json", "b.txt").build()).violations())
                .extracting(Violation::problem)
                .anyMatch(p -> p.contains("the one key content"))
                .anyMatch(p -> p.contains("half a character"));
    }

    @Test
    void shouldNotBelieveAPortalOfAnotherEnvironment() {
        apollo.fault(
                "/releases/latest",
                9,
                Fault.body("{\"id\":1,\"name\":\"r\",\"configurations\":{\"password\":\"other\"}}"));

        assertThat(refusal(withPortal().build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the portal's latest release in LOCAL is not what the config service has");
    }

    @Test
    void shouldNeedThePortalThatItWasGiven() {
        apollo.fault("/items?page=", 3, Fault.status(503));
        assertThat(refusal(withPortal().build())).isInstanceOf(UnavailableException.class);

        apollo.fault("/items?page=", 1, Fault.body("{\"total\":1}"));
        assertThat(refusal(withPortal().build())).hasMessageContaining("content is no array");

        assertThat(refusal(source().openApi(apollo.portal(), ApolloFixture.ENV, "other")
                        .build()))
                .hasMessageContaining("check the token");
    }
}
