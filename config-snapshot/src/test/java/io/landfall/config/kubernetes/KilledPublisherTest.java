package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.UnavailableException;
import io.landfall.config.layout.StoredForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every request of a publisher is its last one: refused, or done without the publisher hearing of it. Whoever comes after it finds all
 * or nothing, and can do what it wanted to do.
 */
class KilledPublisherTest {

    private static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");
    private static final int MORE_THAN_ANY_NEEDS = 100;

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    private final Snapshot version = Snapshot.builder(BASE)
            .file(SnapshotFile.of("db.properties", "password=y").withSecretKeys(List.of("password")))
            .build();
    private final Snapshot first = Snapshot.builder(BASE.hot(1))
            .file(SnapshotFile.of("application.yaml", "a: 1"))
            .build();
    private final Snapshot second = Snapshot.builder(BASE.hot(2))
            .file(SnapshotFile.of("application.yaml", "a: 2"))
            .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveAllOrNothingOfASnapshot(boolean takesEffect) {
        Snapshot large = large();
        int requests = killEach(takesEffect, () -> {}, () -> server.store().write(large), () -> {
            Optional<Snapshot> left = server.store().find(BASE);
            assertThat(left).isIn(Optional.empty(), Optional.of(large));
            assertThat(server.store().list("orders")).allMatch(s -> s.complete() == left.isPresent());

            assertThat(server.store().write(large)).isEqualTo(left.isEmpty());
            assertThat(server.store().find(BASE)).contains(large);
            assertThat(server.names()).hasSameSizeAs(StoredForm.of(large).objects());
        });
        assertThat(requests)
                .as("find, and each of three objects, those before the manifest twice and more")
                .isGreaterThan(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetOthersPublishOtherContentAfterIt(boolean takesEffect) {
        Snapshot another = Snapshot.builder(BASE)
                .file(SnapshotFile.of("db.properties", "password=z").withSecretKeys(List.of("password")))
                .build();
        killEach(takesEffect, () -> {}, () -> server.store().write(version), () -> {
            if (server.store().find(BASE).isEmpty()) {
                assertThat(server.store().write(another)).isTrue();
                assertThat(server.store().find(BASE)).contains(another);
            }
            server.store().delete(BASE);
            assertThat(server.names()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveTheLivePointerWhereItWasOrWillBe(boolean takesEffect) {
        int requests = killEach(
                takesEffect,
                () -> {
                    List.of(version, first, second).forEach(server.store()::write);
                    server.store().moveLive(BASE, first.id());
                },
                () -> server.store().moveLive(first.id(), second.id()),
                () -> {
                    SnapshotId live = server.store().live(BASE).orElseThrow();
                    assertThat(live).isIn(first.id(), second.id());
                    assertThat(server.store().find(live)).isPresent();

                    assertThat(server.store().moveLive(live, second.id())).isTrue();
                    assertThat(server.store().live(BASE)).contains(second.id());
                    assertThat(server.mounted(BASE))
                            .isEqualTo(StoredForm.of(second).data().keySet());
                });
        assertThat(requests).isGreaterThan(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveNothingToLoadOfWhatIsDeleted(boolean takesEffect) {
        int requests = killEach(
                takesEffect,
                () -> {
                    server.store().write(version);
                    server.store().write(first);
                    server.store().moveLive(BASE, first.id());
                    server.store().delete(first.id());
                },
                () -> server.store().delete(BASE),
                () -> {
                    assertThat(server.store().find(BASE)).isIn(Optional.empty(), Optional.of(version));
                    // Who removes what is listed never comes to a copy alone.
                    assertThat(!server.store().list("orders").isEmpty()
                                    || server.mounted(BASE).isEmpty())
                            .isTrue();

                    server.store().delete(BASE);
                    assertThat(server.names()).isEmpty();
                });
        assertThat(requests).isGreaterThan(4);
    }

    @Test
    void shouldNotRepairWhatNeedsNone() {
        List.of(version, first).forEach(server.store()::write);
        server.store().moveLive(BASE, first.id());
        int before = server.requests().size();

        assertThat(server.store().moveLive(first.id(), first.id())).isTrue();

        assertThat(server.requests().subList(before, server.requests().size())).allMatch(r -> r.startsWith("GET"));
        assertThat(server.store().list("orders"))
                .extracting(StoredSnapshot::live)
                .containsExactly(Optional.of(first.id()), Optional.empty());
    }

    /** How many requests it takes. */
    private static int killEach(boolean takesEffect, Runnable before, Runnable work, Runnable after) {
        for (int n = 1; n < MORE_THAN_ANY_NEEDS; n++) {
            server.clear();
            before.run();
            ApiServerFixture.Death death = server.killAt(n, takesEffect);
            try {
                work.run();
            } catch (UnavailableException e) {
                assertThat(death.came()).as("%s", e).isTrue();
            }
            server.heal();
            after.run();
            if (!death.came()) {
                return n - 1;
            }
        }
        throw new AssertionError("never done");
    }

    /** Too large for one ConfigMap, and with secrets. */
    private static Snapshot large() {
        return Snapshot.builder(BASE)
                .file(SnapshotFile.of("large.txt", "x".repeat(800_000)))
                .file(SnapshotFile.of("more.txt", "x".repeat(200_000)))
                .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
                .build();
    }
}
