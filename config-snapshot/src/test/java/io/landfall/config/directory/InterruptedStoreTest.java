package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies at each change of the disk in turn. */
class InterruptedStoreTest {

    private static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");
    private static final SnapshotId HOT = BASE.hot(1);
    private static final Snapshot VERSION = snapshot(BASE, "a: 0");
    private static final Snapshot REVISION = snapshot(HOT, "a: 1");
    private static final Snapshot OTHER = snapshot(BASE, "other content");

    private Path root;

    @BeforeEach
    void begin(@TempDir Path empty) {
        root = empty;
    }

    @Test
    void shouldNeverLoadHalfASnapshotThatWasBeingWritten() {
        int deaths = dieEverywhere(s -> {}, s -> s.write(VERSION), s -> {
            Optional<Snapshot> found = s.find(BASE);
            assertThat(found.orElse(VERSION)).isEqualTo(VERSION);
            assertThat(listed(s, BASE).orElse(false)).isEqualTo(found.isPresent());
            assertThat(s.live(BASE)).isEqualTo(found.map(Snapshot::id));

            assertThat(s.write(VERSION)).isEqualTo(found.isEmpty());
            assertThat(s.find(BASE)).contains(VERSION);
            assertThat(s.list("orders")).hasSize(1).allMatch(StoredSnapshot::complete);
        });

        assertThat(deaths).isGreaterThan(VERSION.files().size() + 4);
    }

    @Test
    void shouldWriteOtherContentAfterAnInterruptedWrite() {
        dieEverywhere(s -> {}, s -> s.write(VERSION), s -> {
            if (s.find(BASE).isEmpty()) {
                assertThat(s.write(OTHER)).isTrue();
                assertThat(s.find(BASE)).contains(OTHER);
                assertThat(s.list("orders")).hasSize(1).allMatch(StoredSnapshot::complete);
            }
        });
    }

    @Test
    void shouldListAndDeleteWhatAnInterruptedWriteLeft() {
        dieEverywhere(s -> {}, s -> s.write(VERSION), s -> {
            s.delete(BASE);

            assertThat(s.find(BASE)).isEmpty();
            assertThat(s.list("orders")).isEmpty();
        });
    }

    @Test
    void shouldHaveThePointerHereOrThere() {
        int deaths = dieEverywhere(
                s -> {
                    s.write(VERSION);
                    s.write(REVISION);
                },
                s -> s.moveLive(BASE, HOT),
                s -> {
                    SnapshotId live = s.live(BASE).orElseThrow();
                    assertThat(live).isIn(BASE, HOT);

                    assertThat(s.moveLive(live, HOT)).isTrue();
                    assertThat(s.live(BASE)).contains(HOT);
                    assertThat(s.list("orders")).hasSize(2).allMatch(StoredSnapshot::complete);
                });

        assertThat(deaths).isGreaterThan(1);
    }

    @Test
    void shouldNeverLoadHalfASnapshotThatWasBeingDeleted() {
        int deaths = dieEverywhere(
                s -> {
                    s.write(VERSION);
                    s.write(REVISION);
                    s.moveLive(BASE, HOT);
                },
                s -> s.delete(BASE),
                s -> {
                    Optional<Snapshot> found = s.find(BASE);
                    assertThat(found.orElse(VERSION)).isEqualTo(VERSION);
                    assertThat(s.live(BASE)).isEqualTo(found.map(f -> HOT));

                    s.delete(BASE);
                    assertThat(s.find(BASE)).isEmpty();
                    assertThat(s.list("orders")).extracting(StoredSnapshot::id).containsExactly(HOT);
                    assertThat(s.write(OTHER)).isTrue();
                    assertThat(s.live(BASE)).contains(BASE);
                });

        assertThat(deaths).isGreaterThan(VERSION.files().size() + 4);
    }

    /** Also without a second deletion, a version that comes again has no pointer of the one before. */
    @Test
    void shouldNotInheritAPointer() {
        dieEverywhere(
                s -> {
                    s.write(VERSION);
                    s.write(REVISION);
                    s.moveLive(BASE, HOT);
                },
                s -> s.delete(BASE),
                s -> {
                    if (s.find(BASE).isEmpty()) {
                        assertThat(s.write(OTHER)).isTrue();
                        assertThat(s.live(BASE)).contains(BASE);
                    }
                });
    }

    private static Optional<Boolean> listed(SnapshotStore store, SnapshotId id) {
        return store.list("orders").stream()
                .filter(s -> s.id().equals(id))
                .map(StoredSnapshot::complete)
                .findFirst();
    }

    /** Each time in a directory of its own, until it dies no more; returns how often it did. */
    private int dieEverywhere(
            Consumer<SnapshotStore> before, Consumer<SnapshotStore> act, Consumer<SnapshotStore> after) {
        for (int survived = 0; ; survived++) {
            Path directory = root.resolve("after-" + survived);
            before.accept(new DirectoryStore(directory, new UnforcedDisk(), Duration.ofSeconds(1)));
            boolean died = false;
            try {
                act.accept(new DirectoryStore(directory, new Mortal(survived), Duration.ofSeconds(1)));
            } catch (UnavailableException e) {
                died = true;
            }
            after.accept(new DirectoryStore(directory, new UnforcedDisk(), Duration.ofSeconds(1)));
            if (!died) {
                return survived;
            }
        }
    }

    private static Snapshot snapshot(SnapshotId id, String text) {
        return Snapshot.builder(id)
                .file(SnapshotFile.of("application.yaml", text))
                .file(SnapshotFile.of("db/pool.properties", text))
                .file(SnapshotFile.of("key.pem", "secret").withSecretKeys(List.of(SnapshotFile.WHOLE)))
                .build();
    }

    /** Does so many changes, half of the next if it can be halved, and then nothing any more. */
    private static final class Mortal extends UnforcedDisk {

        private int left;

        Mortal(int survives) {
            left = survives;
        }

        @Override
        void createDirectory(Path directory) throws IOException {
            live();
            super.createDirectory(directory);
        }

        @Override
        void write(Path file, byte[] bytes, boolean secret) throws IOException {
            if (left == 0) {
                super.write(file, Arrays.copyOf(bytes, bytes.length / 2), secret);
            }
            live();
            super.write(file, bytes, secret);
        }

        @Override
        void force(Path directory) throws IOException {
            live();
            super.force(directory);
        }

        @Override
        void move(Path from, Path to) throws IOException {
            live();
            super.move(from, to);
        }

        @Override
        void delete(Path fileOrEmptyDirectory) throws IOException {
            live();
            super.delete(fileOrEmptyDirectory);
        }

        private void live() throws IOException {
            if (left-- <= 0) {
                left = -1;
                throw new IOException("killed");
            }
        }
    }
}
