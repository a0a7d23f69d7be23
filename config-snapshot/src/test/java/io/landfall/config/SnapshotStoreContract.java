package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} does. */
public abstract class SnapshotStoreContract extends LivePointerContract {

    @Test
    void shouldFindWhatWasWritten() {
        Snapshot written = rich(BASE);

        assertThat(store.write(written)).isTrue();

        Snapshot found = other.find(BASE).orElseThrow();
        assertThat(found).isEqualTo(written);
        assertThat(found.manifest()).isEqualTo(written.manifest());
        assertThat(found.files()).containsExactlyElementsOf(written.files());
        assertThat(found.file("application.yaml").orElseThrow().text()).isEqualTo("名: 值\n");
    }

    @Test
    void shouldKeepSnapshotWithoutFiles() {
        Snapshot empty = Snapshot.builder(BASE).build();

        assertThat(store.write(empty)).isTrue();

        assertThat(other.find(BASE)).contains(empty);
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        assertThat(store.find(BASE)).isEmpty();
        assertThat(store.list("orders")).isEmpty();
        assertThat(store.live(BASE)).isEmpty();

        store.write(snapshot(BASE, "a: 1"));

        assertThat(store.find(FIRST)).isEmpty();
        assertThat(store.find(SnapshotId.of("orders", "1.4"))).isEmpty();
        assertThat(store.find(SnapshotId.of("order", "1.4.2"))).isEmpty();
        assertThat(store.list("order")).isEmpty();
        assertThat(store.live(SnapshotId.of("orders", "1.4.3"))).isEmpty();
    }

    @Test
    void shouldNotWriteTheSameContentAgain() {
        Snapshot first = snapshot(BASE, "a: 1");
        Snapshot later = Snapshot.builder(BASE)
                .created(CREATED.plusSeconds(60))
                .author("wang")
                .files(first.files())
                .build();
        store.write(first);

        assertThat(other.write(later)).isFalse();

        assertThat(store.find(BASE)).contains(first);
        assertThat(store.list("orders")).hasSize(1);
    }

    @Test
    void shouldRefuseOtherContentUnderTheSameId() {
        Snapshot first = snapshot(BASE, "a: 1");
        store.write(first);

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> other.write(snapshot(BASE, "a: 2")))
                .withMessageContaining("1.4.2");
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> other.write(rich(BASE)));

        assertThat(store.find(BASE)).contains(first);
        assertThat(store.list("orders")).containsExactly(listed(first, Optional.empty()));
    }

    @Test
    void shouldTakeFilesWithOtherSecretsForOtherContent() {
        Snapshot open = snapshot(BASE, "password: x");
        Snapshot marked = Snapshot.builder(BASE)
                .file(SnapshotFile.of("application.yaml", "password: x").withSecretKeys(List.of("password")))
                .build();
        store.write(open);

        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.write(marked));

        assertThat(store.find(BASE)).contains(open);
    }

    @Test
    void shouldListAnApplicationById() {
        Snapshot version = rich(BASE);
        Snapshot tenth = snapshot(BASE.hot(10), "a: 10");
        Snapshot second = snapshot(SECOND, "a: 2");
        Snapshot older = snapshot(SnapshotId.of("orders", "1.4.1"), "a: 0");
        List.of(tenth, version, second, older).forEach(store::write);
        store.write(snapshot(SnapshotId.of("orders-api", "1.4.2"), "another application"));

        assertThat(other.list("orders"))
                .containsExactly(
                        listed(older, Optional.empty()),
                        listed(version, Optional.empty()),
                        listed(second, Optional.empty()),
                        listed(tenth, Optional.empty()));
        assertThat(other.list("orders-api")).hasSize(1);
    }

    @Test
    void shouldKeepHotRevisionsApart() {
        Snapshot version = snapshot(BASE, "a: 0");
        Snapshot first = snapshot(FIRST, "a: 1");
        Snapshot tenth = snapshot(BASE.hot(10), "a: 1");
        List.of(version, first, tenth).forEach(store::write);

        assertThat(other.find(BASE)).contains(version);
        assertThat(other.find(FIRST)).contains(first);
        assertThat(other.find(BASE.hot(10))).contains(tenth);
    }

    @Test
    void shouldDeleteOneAndNoOther() {
        Snapshot version = rich(BASE);
        store.write(version);
        store.write(rich(FIRST));
        store.write(snapshot(SnapshotId.of("orders", "1.4.3"), "a: 0"));

        other.delete(FIRST);

        assertThat(store.find(FIRST)).isEmpty();
        assertThat(store.find(BASE)).contains(version);
        assertThat(store.list("orders")).extracting(s -> s.id().revision()).containsExactly("1.4.2", "1.4.3");
    }

    @Test
    void shouldDeleteWhatIsNotThere() {
        store.delete(BASE);
        store.write(snapshot(BASE, "a: 0"));

        store.delete(FIRST);
        store.delete(SnapshotId.of("absent", "1"));

        assertThat(store.list("orders")).hasSize(1);
    }

    @Test
    void shouldTakeOneOfTwoWriters() throws Exception {
        Snapshot one = rich(BASE);
        Snapshot two = snapshot(BASE, "a: 2");

        List<Boolean> wrote = together(() -> wrote(store, one), () -> wrote(other, two));

        assertThat(wrote).containsExactlyInAnyOrder(true, false);
        assertThat(store.find(BASE)).contains(wrote.get(0) ? one : two);
    }

    @Test
    void shouldTakeOneOfTwoWritersOfTheSame() throws Exception {
        Snapshot one = rich(BASE);

        List<Boolean> wrote = together(() -> store.write(one), () -> other.write(one));

        assertThat(wrote).contains(true);
        assertThat(store.find(BASE)).contains(one);
    }

    @Test
    void shouldSayWhichStoreItIs() {
        assertThat(store.describe()).isNotBlank().doesNotContain("\n");
    }

    private static boolean wrote(SnapshotStore to, Snapshot snapshot) {
        try {
            return to.write(snapshot);
        } catch (UnavailableException e) {
            throw e;
        } catch (SnapshotException e) {
            return false;
        }
    }
}
