package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveWatchTest {

    private static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String MANIFEST = "ConfigMap orders-config-1.4.2.h1";

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    private final Snapshot version = snapshot(BASE);
    private final Snapshot first = snapshot(BASE.hot(1));
    private final Snapshot second = snapshot(BASE.hot(2));
    private final LiveSnapshot live = new LiveSnapshot(version);
    private final List<Snapshot> taken = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveWatch.class.getPackageName());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private ConfigMapStore store;
    private LiveWatch watch;

    @BeforeAll
    static void start() {
        server = new ApiServerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void publish() {
        server.clear();
        store = server.store();
        List.of(version, first, second).forEach(store::write);
        live.add((SnapshotListener) change -> taken.add(change.after()));
        watch = follower(version, LONG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        watch.close();
    }

    @Test
    void shouldStartWithTheVersionThatWasNeverMoved() {
        assertThat(watch.atStart()).isEmpty();
    }

    @Test
    void shouldStartWithWhatIsLive() {
        store.moveLive(BASE, first.id());

        assertThat(watch.atStart()).contains(first);
    }

    @Test
    void shouldNotStartWithWhatDoesNotVerify() {
        store.moveLive(BASE, first.id());
        damageFirst();

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(watch::atStart)
                .withMessageContaining("application.yaml");
    }

    @Test
    void shouldNotWaitForeverAtTheStart() {
        server.fault((request, real) -> Answers.hanging());
        try (LiveWatch hasty = follower(version, Duration.ofMillis(200))) {
            assertThat(hasty.atStart()).isEmpty();
        }
        assertThat(logged())
                .singleElement()
                .asString()
                .startsWith("Starting with orders 1.4.2: what is live is not known");
    }

    @Test
    void shouldTakeEachRevisionThatBecomesLive() {
        watch.follow(live);

        store.moveLive(BASE, first.id());
        await().until(() -> live.current().equals(first));
        store.moveLive(first.id(), second.id());
        await().until(() -> live.current().equals(second));
        store.moveLive(second.id(), BASE);
        await().until(() -> live.current().equals(version));

        assertThat(taken).containsExactly(first, second, version);
        assertThat(server.requests().stream().filter(r -> r.contains("watch=true")))
                .isNotEmpty()
                .allMatch(
                        r -> r.contains("fieldSelector=metadata.name%3Dorders-config-1.4.2&"),
                        "may be named in a Role");
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
    }

    @Test
    void shouldRefuseWhatDoesNotVerifyAndTakeTheNext() {
        damageFirst();
        watch.follow(live);

        store.moveLive(BASE, second.id());
        await().until(() -> live.current().equals(second));
        moveUnseen(first.id());
        await().until(() -> live.refused() == 1);

        assertThat(live.current()).isEqualTo(second);
        assertThat(live.refusal()).hasValueSatisfying(r -> {
            assertThat(r.revision()).isEqualTo("1.4.2.h1");
            assertThat(r.reason()).contains("application.yaml");
        });
        moveUnseen(BASE);
        await().until(() -> live.current().equals(version));
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        watch.follow(live);

        moveUnseen(BASE.hot(9));

        await().until(() -> live.refused() == 1);
        assertThat(live.refusal().orElseThrow().reason())
                .contains("it says that 1.4.2.h9 is live, and there is no such");
    }

    @Test
    void shouldLoadLaterWhatCannotBeReadNow() {
        watch.follow(live);
        await().until(() -> server.watches() == 1);
        server.fault((request, real) -> request.getPath().endsWith("orders-config-1.4.2.h1")
                ? Answers.status(503, "ServiceUnavailable", "later")
                : real.get());

        moveUnseen(first.id());
        await().until(() ->
                logged().stream().anyMatch(m -> m.startsWith("orders 1.4.2.h1 is live and cannot be loaded")));
        assertThat(live.refused()).isZero();
        server.heal();

        await().until(() -> live.current().equals(first));
    }

    @Test
    void shouldGoOnAfterTheServerHasEndedTheWatch() {
        watch.follow(live);
        store.moveLive(BASE, first.id());
        await().until(() -> live.current().equals(first));
        int before = server.requests().size();

        server.endWatches();
        moveUnseen(second.id());

        await().until(() -> live.current().equals(second));
        await("another watch")
                .until(() -> server.requests().subList(before, server.requests().size()).stream()
                        .anyMatch(r -> r.contains("watch=true")));
        assertThat(logged()).as("what happens every few minutes is no news").isEmpty();
    }

    @Test
    void shouldSayOnceThatTheApiServerIsAway() {
        server.fault((request, real) -> Answers.status(503, "ServiceUnavailable", "away"));
        int before = server.requests().size();
        watch.follow(live);
        await("more attempts").until(() -> server.requests().size() > before + 2);

        server.heal();
        moveUnseen(first.id());

        await().until(() -> live.current().equals(first));
        await().until(() -> logged().size() > 1);
        assertThat(logged())
                .satisfiesExactly(
                        away -> assertThat(away)
                                .startsWith("ConfigMap shop/orders-config-1.4.2 cannot be followed, will try"),
                        back -> assertThat(back).isEqualTo("ConfigMap shop/orders-config-1.4.2 can be followed again"));
    }

    @Test
    void shouldEndWithItsOwner() {
        watch.follow(live);
        store.moveLive(BASE, first.id());
        await().until(() -> live.current().equals(first));

        watch.close();

        await().until(() -> threads().isEmpty());
        await().until(() -> server.watches() == 0);
    }

    private static LiveWatch follower(Snapshot base, Duration patience) {
        return new LiveWatch(server.newClient(), ApiServerFixture.NAMESPACE, base, patience);
    }

    /** As a publisher does it who does not look whether it is there. */
    private static void moveUnseen(SnapshotId target) {
        server.annotate(
                "/api/v1/namespaces/shop/configmaps/orders-config-1.4.2", SnapshotLabels.LIVE, target.revision());
    }

    private static void damageFirst() {
        server.tamper(MANIFEST, o -> ((ObjectNode) o.get("data")).put("application.yaml", "a: changed"));
    }

    private List<String> logged() {
        synchronized (log) {
            return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("landfall-live-watch"))
                .toList();
    }

    private static Snapshot snapshot(SnapshotId id) {
        return Snapshot.builder(id)
                .file(SnapshotFile.of("application.yaml", "a: " + id))
                .build();
    }
}
