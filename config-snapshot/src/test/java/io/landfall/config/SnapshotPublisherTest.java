package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.landfall.config.Publication.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotPublisherTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final InMemoryStore store = new InMemoryStore();
    private final SnapshotPublisher publisher = new SnapshotPublisher(store, FileCheck.NONE, SecretMarker.NONE, CLOCK);

    @Test
    void shouldPublishWhatTheSourceHas() {
        Publication publication = publisher.publish(request("a=1").by("li", "why"));

        assertThat(publication.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(publication.before()).isEmpty();
        Snapshot stored = store.find(ID).orElseThrow();
        assertThat(stored).isEqualTo(publication.snapshot());
        assertThat(stored.file("a").orElseThrow().text()).isEqualTo("1");
        assertThat(stored.manifest().author()).isEqualTo("li");
        assertThat(stored.manifest().comment()).isEqualTo("why");
        assertThat(stored.manifest().created()).isEqualTo(NOW);
        assertThat(stored.manifest().source()).containsExactly(Map.entry("release", "7"));
    }

    @Test
    void shouldPublishTheSameContentOnce() {
        Snapshot first = publisher.publish(request("a=1").by("li", "")).snapshot();

        Publication again = publisher.publish(request("a=1").by("wang", ""));

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.snapshot()).isEqualTo(first);
    }

    @Test
    void shouldNeverChangeAVersion() {
        Snapshot first = publisher.publish(request("a=1")).snapshot();

        for (PublishRequest other : List.of(request("a=2"), request("a=2").asDryRun())) {
            assertThatExceptionOfType(SnapshotException.class)
                    .isThrownBy(() -> publisher.publish(other))
                    .withMessageContaining("a version never changes");
        }
        assertThat(store.find(ID)).contains(first);
    }

    @Test
    void shouldWriteNothingInADryRun() {
        Publication publication = publisher.publish(request("a=1").asDryRun());

        assertThat(publication.outcome()).isEqualTo(Outcome.CHECKED);
        assertThat(publication.snapshot().files()).hasSize(1);
        assertThat(store.list("orders")).isEmpty();
    }

    @Test
    void shouldNameAllViolationsAtOnce() {
        FileCheck check = file -> List.of(new Violation(file.name() + ":1", "is odd", "even it"));
        SnapshotPublisher checking = new SnapshotPublisher(store, check, SecretMarker.NONE, CLOCK);

        SnapshotException refused =
                catchThrowableOfType(SnapshotException.class, () -> checking.publish(request("a=1", "A=2", "a=3")));

        assertThat(refused.violations())
                .extracting(v -> v.place() + " " + v.problem())
                .containsExactly(
                        "a:1 is odd",
                        "A:1 is odd",
                        "a:1 is odd",
                        "a there are two files of this name",
                        "a its name collides with that of A");
        assertThat(refused).hasMessageStartingWith("Snapshot orders 1.4.2 of test is refused:");
        assertThat(store.list("orders")).isEmpty();
    }

    @Test
    void shouldMarkSecretsBeforeTheyAreChecked() {
        SecretMarker marker = file -> file.withSecretKeys(List.of("password"));
        FileCheck check = file -> file.secret("password")
                ? List.of()
                : List.of(new Violation(file.name().path(), "is not marked", "mark it"));

        Snapshot snapshot = new SnapshotPublisher(store, check, marker, CLOCK)
                .publish(request("a=1"))
                .snapshot();

        assertThat(snapshot.file("a").orElseThrow().secretKeys()).containsExactly("password");
    }

    @Test
    void shouldCompareWithWhatTheRequestNames() {
        SnapshotId older = SnapshotId.of("orders", "1.4.1");
        Snapshot before =
                publisher.publish(PublishRequest.of(older, source("a=0"))).snapshot();

        assertThat(publisher.publish(request("a=1").comparedWith(older)).before())
                .contains(before);
        assertThat(publisher.publishHot(request("a=2").comparedWith(older)).before())
                .contains(before);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> publisher.publish(request("a=1").comparedWith(ID.hot(9))))
                .withMessageContaining("there is no snapshot orders 1.4.2.h9");
    }

    @Test
    void shouldNumberHotRevisionsAndMoveThePointer() {
        Snapshot base = publisher.publish(request("a=0")).snapshot();

        Publication first = publisher.publishHot(request("a=1").by("li", "faster"));
        Publication second = publisher.publishHot(request("a=2"));

        assertThat(first.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(first.snapshot().id()).isEqualTo(ID.hot(1));
        assertThat(first.snapshot().manifest().author()).isEqualTo("li");
        assertThat(first.snapshot().manifest().source()).containsEntry("release", "7");
        assertThat(first.before()).contains(base);
        assertThat(second.snapshot().id()).isEqualTo(ID.hot(2));
        assertThat(second.before()).contains(first.snapshot());
        assertThat(store.live(ID)).contains(ID.hot(2));
        assertThat(store.find(ID.hot(2))).contains(second.snapshot());
    }

    @Test
    void shouldPublishNoHotRevisionOfWhatIsLive() {
        publisher.publish(request("a=0"));
        assertThat(publisher.publishHot(request("a=0")).outcome()).isEqualTo(Outcome.UNCHANGED);
        publisher.publishHot(request("a=1"));

        Publication again = publisher.publishHot(request("a=1"));

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(again.snapshot().id()).isEqualTo(ID.hot(1));
        assertThat(store.list("orders")).hasSize(2);
    }

    @Test
    void shouldGoBackToTheVersionsContentUnderANewNumber() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));

        assertThat(publisher.publishHot(request("a=0")).snapshot().id()).isEqualTo(ID.hot(2));
    }

    @Test
    void shouldWriteNothingInADryRunOfAHotRevision() {
        publisher.publish(request("a=0"));

        Publication publication = publisher.publishHot(request("a=1").asDryRun());

        assertThat(publication.outcome()).isEqualTo(Outcome.CHECKED);
        assertThat(publication.snapshot().id()).isEqualTo(ID.hot(1));
        assertThat(store.list("orders")).hasSize(1);
        assertThat(store.live(ID)).contains(ID);
    }

    @Test
    void shouldRefuseHotRevisionOfNoVersion() {
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> publisher.publishHot(request("a=1")))
                .withMessageContaining("publish the version first");
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> publisher.undo(ID));
    }

    @Test
    void shouldTakeOnlyVersionsInARequest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublishRequest.of(ID.hot(1), source("a=1")))
                .withMessageContaining("name its version, 1.4.2");
    }

    @Test
    void shouldUndoOneAfterTheOther() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        publisher.publishHot(request("a=2"));

        assertThat(publisher.undo(ID)).isEqualTo(ID.hot(1));
        assertThat(publisher.undo(ID)).isEqualTo(ID);
        assertThat(store.live(ID)).contains(ID);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> publisher.undo(ID))
                .withMessageContaining("roll the Deployment back instead");
    }

    /** 2 was bad; undoing 3 must not bring it back. */
    @Test
    void shouldUndoToWhatWasLiveAndNotToTheNumberBelow() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        publisher.publishHot(request("a=2"));
        publisher.undo(ID);
        assertThat(publisher.publishHot(request("a=3")).snapshot().id()).isEqualTo(ID.hot(3));

        assertThat(publisher.undo(ID)).isEqualTo(ID.hot(1));
    }

    @Test
    void shouldTakeWhatWasUndoneAgain() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        publisher.undo(ID);

        assertThat(publisher.publishHot(request("a=1")).snapshot().id()).isEqualTo(ID.hot(1));
        assertThat(store.list("orders")).hasSize(2);
        assertThat(publisher.undo(ID)).isEqualTo(ID);
    }

    @Test
    void shouldUndoWhatDoesNotLoad() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        publisher.publishHot(request("a=2"));
        store.damage(ID.hot(2), "a");

        assertThat(publisher.undo(ID)).isEqualTo(ID.hot(1));
    }

    @Test
    void shouldPublishOverWhatDoesNotLoad() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        store.damage(ID.hot(1), "a");

        Publication next = publisher.publishHot(request("a=2"));

        assertThat(next.snapshot().id()).isEqualTo(ID.hot(2));
        assertThat(next.before()).isEmpty();
        assertThat(store.live(ID)).contains(ID.hot(2));
    }

    @Test
    void shouldPublishOverWhatIsGone() {
        publisher.publish(request("a=0"));
        publisher.publishHot(request("a=1"));
        store.delete(ID.hot(1));

        assertThat(publisher.publishHot(request("a=2")).snapshot().id()).isEqualTo(ID.hot(2));
        store.delete(ID.hot(2));
        assertThat(publisher.undo(ID)).isEqualTo(ID);
    }

    private static PublishRequest request(String... files) {
        return PublishRequest.of(ID, source(files));
    }

    private static ConfigurationSource source(String... files) {
        List<SnapshotFile> all = Stream.of(files)
                .map(f -> SnapshotFile.of(f.replaceAll("=.*", ""), f.replaceAll(".*=", "")))
                .toList();
        return new ConfigurationSource() {
            @Override
            public Reading read() {
                return new Reading(all, Map.of("release", "7"));
            }

            @Override
            public String describe() {
                return "test";
            }
        };
    }
}
