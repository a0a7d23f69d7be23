package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.Publication.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a publication when somebody else publishes too, or it is interrupted. */
class PublisherRaceTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");

    private final InMemoryStore.Data data = new InMemoryStore.Data();
    private final Disturbed disturbed = new Disturbed(new InMemoryStore(data));
    private final SnapshotPublisher publisher = new SnapshotPublisher(disturbed);
    private final InMemoryStore store = new InMemoryStore(data);
    private final SnapshotPublisher other = new SnapshotPublisher(store);

    @Test
    void shouldHearThatTheSameVersionIsThere() {
        disturbed.beforeWrite = () -> other.publish(request("a").by("wang", ""));

        Publication publication = publisher.publish(request("a").by("li", ""));

        assertThat(publication.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(publication.snapshot().manifest().author()).isEqualTo("wang");
    }

    @Test
    void shouldBeRefusedWhenAnotherWasFirst() {
        disturbed.beforeWrite = () -> other.publish(request("b"));

        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> publisher.publish(request("a")));
        assertThat(text(ID)).isEqualTo("b");
    }

    @Test
    void shouldTakeTheNextNumberWhenAnotherTookIt() {
        publisher.publish(request("0"));
        disturbed.beforeWrite = () -> other.publishHot(request("b"));

        Publication publication = publisher.publishHot(request("a"));

        assertThat(publication.snapshot().id()).isEqualTo(ID.hot(2));
        assertThat(publication.before()).map(Snapshot::id).contains(ID.hot(1));
        assertThat(store.live(ID)).contains(ID.hot(2));
        assertThat(other.undo(ID)).isEqualTo(ID.hot(1));
        assertThat(text(ID.hot(1))).isEqualTo("b");
    }

    @Test
    void shouldPublishOnceWhenAnotherPublishesTheSame() {
        publisher.publish(request("0"));
        disturbed.beforeWrite = () -> other.publishHot(request("a").by("wang", ""));

        Publication publication = publisher.publishHot(request("a").by("li", ""));

        assertThat(publication.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(publication.snapshot().manifest().author()).isEqualTo("wang");
        assertThat(store.list("orders")).hasSize(2);
    }

    @Test
    void shouldReturnWhatIsStoredWhenAnotherWroteItAndDied() {
        publisher.publish(request("0"));
        disturbed.beforeWrite = () -> interrupted("a");

        Publication publication = publisher.publishHot(request("a").by("li", ""));

        assertThat(publication.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(store.find(ID.hot(1))).contains(publication.snapshot());
        assertThat(publication.snapshot().manifest().author()).isEqualTo("wang");
    }

    @Test
    void shouldFinishWhatWasInterruptedBeforeThePointer() {
        publisher.publish(request("0"));
        interrupted("a");
        assertThat(store.live(ID)).contains(ID);

        Publication publication = publisher.publishHot(request("a"));

        assertThat(publication.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(publication.snapshot()).isEqualTo(store.find(ID.hot(1)).orElseThrow());
        assertThat(store.live(ID)).contains(ID.hot(1));
        assertThat(store.list("orders")).hasSize(2);
    }

    /** Nobody ever followed 1. */
    @Test
    void shouldPassOverWhatWasInterruptedWithOtherContent() {
        publisher.publish(request("0"));
        interrupted("a");

        assertThat(publisher.publishHot(request("b")).snapshot().id()).isEqualTo(ID.hot(2));
        assertThat(publisher.undo(ID)).isEqualTo(ID);
    }

    @Test
    void shouldRepairThePointerOfWhatIsLive() {
        publisher.publish(request("0"));
        publisher.publishHot(request("a"));
        disturbed.moves.clear();

        publisher.publishHot(request("a").asDryRun());
        assertThat(disturbed.moves).isEmpty();
        publisher.publishHot(request("a"));

        assertThat(disturbed.moves).containsExactly("1.4.2.h1 to 1.4.2.h1");
    }

    @Test
    void shouldLookAgainWhenThePointerMovesAsItIsRepaired() {
        publisher.publish(request("0"));
        publisher.publishHot(request("a"));
        disturbed.beforeMove = () -> other.publishHot(request("b"));

        Publication publication = publisher.publishHot(request("a"));

        assertThat(publication.outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(store.live(ID)).contains(publication.snapshot().id());
        assertThat(text(publication.snapshot().id())).isEqualTo("a");
    }

    @Test
    void shouldUndoWhatIsLiveByThen() {
        publisher.publish(request("0"));
        publisher.publishHot(request("a"));
        disturbed.beforeMove = () -> other.publishHot(request("b"));

        assertThat(publisher.undo(ID)).isEqualTo(ID.hot(1));
        assertThat(store.live(ID)).contains(ID.hot(1));
    }

    @Test
    void shouldGiveUpWhenThePointerNeverStops() {
        publisher.publish(request("0"));
        publisher.publishHot(request("a"));
        disturbed.pointerIsElsewhere = true;

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> publisher.publishHot(request("b")))
                .withMessageContaining("somebody else moves its live pointer");
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> publisher.undo(ID));
        assertThat(disturbed.moves).hasSize(11);
    }

    @Test
    void shouldPassOnThatTheStoreDoesNotAnswer() {
        disturbed.beforeWrite = () -> {
            throw new UnavailableException("Store", new Violation("memory", "no answer", "look"), null);
        };

        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> publisher.publish(request("a")));
        publisher.publish(request("a"));
        disturbed.beforeWrite = () -> {
            throw new UnavailableException("Store", new Violation("memory", "no answer", "look"), null);
        };
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> publisher.publishHot(request("b")));
        assertThat(publisher.publishHot(request("b")).snapshot().id()).isEqualTo(ID.hot(1));
    }

    @Test
    void shouldGiveEachOfTwoPublishersItsNumber() {
        publisher.publish(request("0"));

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> publisher.publishHot(request("a"))),
                        CompletableFuture.runAsync(() -> other.publishHot(request("b"))))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        SnapshotId live = store.live(ID).orElseThrow();
        SnapshotId before = other.undo(ID);
        assertThat(List.of(text(live), text(before))).containsExactlyInAnyOrder("a", "b");
        assertThat(other.undo(ID)).isEqualTo(ID);
    }

    /** As {@code other} would, up to the pointer. */
    private void interrupted(String text) {
        Disturbed dying = new Disturbed(store);
        dying.beforeMove = () -> {
            throw new UnavailableException("Store", new Violation("memory", "gone", "look"), null);
        };
        SnapshotPublisher last = new SnapshotPublisher(dying);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> last.publishHot(request(text).by("wang", "")));
    }

    private String text(SnapshotId id) {
        return store.find(id).orElseThrow().file("a").orElseThrow().text();
    }

    private static PublishRequest request(String text) {
        return PublishRequest.of(ID, new ConfigurationSource() {
            @Override
            public Reading read() {
                return new Reading(List.of(SnapshotFile.of("a", text)), Map.of());
            }

            @Override
            public String describe() {
                return "test";
            }
        });
    }

    /** Something happens, once, before the next write or move. */
    private static final class Disturbed implements SnapshotStore {

        private final SnapshotStore store;
        private final List<String> moves = new ArrayList<>();
        private Runnable beforeWrite = () -> {};
        private Runnable beforeMove = () -> {};
        private boolean pointerIsElsewhere;

        Disturbed(SnapshotStore store) {
            this.store = store;
        }

        @Override
        public boolean write(Snapshot snapshot) {
            Runnable once = beforeWrite;
            beforeWrite = () -> {};
            once.run();
            return store.write(snapshot);
        }

        @Override
        public boolean moveLive(SnapshotId expected, SnapshotId target) {
            moves.add(expected.revision() + " to " + target.revision());
            Runnable once = beforeMove;
            beforeMove = () -> {};
            once.run();
            return !pointerIsElsewhere && store.moveLive(expected, target);
        }

        @Override
        public Optional<Snapshot> find(SnapshotId id) {
            return store.find(id);
        }

        @Override
        public List<StoredSnapshot> list(String app) {
            return store.list(app);
        }

        @Override
        public Optional<SnapshotId> live(SnapshotId base) {
            return store.live(base);
        }

        @Override
        public void delete(SnapshotId id) {
            store.delete(id);
        }

        @Override
        public String describe() {
            return store.describe();
        }
    }
}
