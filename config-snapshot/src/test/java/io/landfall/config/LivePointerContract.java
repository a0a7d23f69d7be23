package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the live pointer of every {@link SnapshotStore} does; a part of {@link SnapshotStoreContract}. */
public abstract class LivePointerContract extends StoreUnderTest {

    @Test
    void shouldFollowTheVersionItselfUntilThePointerMoves() {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        assertThat(other.live(BASE)).contains(BASE);

        assertThat(store.moveLive(BASE, FIRST)).isTrue();

        assertThat(other.live(BASE)).contains(FIRST);
        assertThat(other.list("orders"))
                .extracting(StoredSnapshot::live)
                .containsExactly(Optional.of(FIRST), Optional.empty());
    }

    @Test
    void shouldMoveThePointerForwardAndBack() {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        store.write(rich(SECOND));

        assertThat(store.moveLive(BASE, FIRST)).isTrue();
        assertThat(other.moveLive(FIRST, SECOND)).isTrue();
        assertThat(store.live(BASE)).contains(SECOND);
        assertThat(store.moveLive(SECOND, SECOND)).isTrue();
        assertThat(store.moveLive(SECOND, BASE)).isTrue();

        assertThat(other.live(BASE)).contains(BASE);
    }

    @Test
    void shouldNotMoveThePointerFromWhereItIsNot() {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        store.write(snapshot(SECOND, "a: 2"));
        store.moveLive(BASE, FIRST);

        assertThat(other.moveLive(BASE, SECOND)).isFalse();
        assertThat(other.moveLive(SECOND, BASE)).isFalse();
        assertThat(other.moveLive(SECOND, SECOND)).isFalse();

        assertThat(store.live(BASE)).contains(FIRST);
    }

    @Test
    void shouldNotMoveThePointerToWhatIsNotThere() {
        store.write(snapshot(BASE, "a: 0"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.moveLive(BASE, FIRST))
                .withMessageContaining("1.4.2.h1");

        assertThat(store.live(BASE)).contains(BASE);
    }

    @Test
    void shouldNotMoveThePointerOfWhatIsNotThere() {
        store.write(snapshot(SnapshotId.of("orders", "1.4.1"), "a: 0"));

        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.moveLive(BASE, BASE));
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.moveLive(SnapshotId.of("absent", "1"), SnapshotId.of("absent", "1")));

        assertThat(store.live(BASE)).isEmpty();
    }

    @Test
    void shouldNotMoveThePointerToAnotherVersion() {
        SnapshotId newer = SnapshotId.of("orders", "1.4.3");
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(newer, "a: 0"));
        store.write(snapshot(newer.hot(1), "a: 1"));

        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.moveLive(BASE, newer));
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.moveLive(BASE, newer.hot(1)));

        assertThat(store.live(BASE)).contains(BASE);
    }

    @Test
    void shouldForgetThePointerOfADeletedVersion() {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        store.moveLive(BASE, FIRST);
        store.delete(FIRST);
        store.delete(BASE);
        assertThat(other.live(BASE)).isEmpty();

        Snapshot again = snapshot(BASE, "other content");
        assertThat(store.write(again)).isTrue();

        assertThat(other.find(BASE)).contains(again);
        assertThat(other.live(BASE)).contains(BASE);
        assertThat(other.list("orders")).containsExactly(listed(again, Optional.empty()));
    }

    @Test
    void shouldTakeOneOfTwoMovesOfThePointer() throws Exception {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        store.write(snapshot(SECOND, "a: 2"));

        List<Boolean> moved = together(() -> store.moveLive(BASE, FIRST), () -> other.moveLive(BASE, SECOND));

        assertThat(moved).containsExactlyInAnyOrder(true, false);
        assertThat(store.live(BASE)).contains(moved.get(0) ? FIRST : SECOND);
    }
}
