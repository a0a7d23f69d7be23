package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");

    private static final Snapshot SNAPSHOT = Snapshot.builder(ID)
            .file(SnapshotFile.of("application.yaml", "a: 1"))
            .file(SnapshotFile.of("db/pool.properties", "size=1"))
            .file(SnapshotFile.of("key.pem", "secret").withSecretKeys(List.of(SnapshotFile.WHOLE)))
            .build();

    private Path directory;

    @BeforeEach
    void begin(@TempDir Path empty) {
        directory = empty;
    }

    @Test
    void shouldLoadWhatTheKubeletMounts() throws IOException {
        KubeletMount mount = new KubeletMount(directory.resolve("config"));
        mount.write(StoredForm.of(SNAPSHOT).data());

        assertThat(Snapshots.isSnapshot(mount.path())).isTrue();
        Snapshot loaded = Snapshots.load(mount.path());
        assertThat(loaded).isEqualTo(SNAPSHOT);
        assertThat(loaded.files()).containsExactlyElementsOf(SNAPSHOT.files());
    }

    @Test
    void shouldLoadPlainFilesOfAStoredSnapshot() throws IOException {
        writeKeys();

        assertThat(Snapshots.load(directory)).isEqualTo(SNAPSHOT);
    }

    @Test
    void shouldLoadThroughALinkToTheDirectory() throws IOException {
        KubeletMount mount = new KubeletMount(directory.resolve("config"));
        mount.write(StoredForm.of(SNAPSHOT).data());
        Path link = Files.createSymbolicLink(directory.resolve("link"), mount.path());

        assertThat(Snapshots.load(link)).isEqualTo(SNAPSHOT);
    }

    /** Every load is one of the two, whole, though the files differ in number, name and content. */
    @Test
    void shouldLoadOneStateWhileTheMountIsSwapped() throws Exception {
        Snapshot other = Snapshot.builder(ID.hot(1))
                .file(SnapshotFile.of("application.yaml", "a: 2"))
                .file(SnapshotFile.of("more.yaml", "b: 2"))
                .build();
        KubeletMount mount = new KubeletMount(directory.resolve("config"));

        int loads = mount.whileItSwaps(
                StoredForm.of(SNAPSHOT).data(),
                StoredForm.of(other).data(),
                () -> assertThat(Snapshots.load(mount.path())).isIn(SNAPSHOT, other));

        assertThat(loads).isPositive();
    }

    @Test
    void shouldSayWhereWhatIsDamaged() throws IOException {
        writeKeys();
        Files.writeString(directory.resolve("application.yaml"), "a: 2");
        Files.delete(directory.resolve("key.pem"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshots.load(directory))
                .withMessageContaining(directory.toString())
                .withMessageContaining("application.yaml: it is not what the manifest says")
                .withMessageContaining("key.pem: it is missing");
    }

    @Test
    void shouldRefuseAllThatIsNoKeyAtOnce() throws IOException {
        Path config = Files.createDirectory(directory.resolve("config"));
        Files.createSymbolicLink(config.resolve("outside"), Files.writeString(directory.resolve("other"), "x"));
        Files.createSymbolicLink(config.resolve("nothing"), Path.of("nowhere"));
        Files.createDirectory(config.resolve("below"));
        Files.createSymbolicLink(config.resolve("device"), Path.of("/dev/zero"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshots.load(config))
                .withMessageContaining("outside: it is a link that leads out of")
                .withMessageContaining("nothing: it is a link to nothing")
                .withMessageContaining("below: it is a directory")
                .withMessageContaining("device: it is a link that leads out of");
    }

    @Test
    void shouldRefuseDataThatLeadsOut() throws IOException {
        Path config = Files.createDirectory(directory.resolve("config"));
        Files.createSymbolicLink(config.resolve("..data"), directory);

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshots.load(config))
                .withMessageContaining("..data: it is a link that leads out of");
    }

    @Test
    void shouldReadNoMoreThanItsBounds() throws IOException {
        writeKeys();
        long bytes = StoredForm.of(SNAPSHOT).data().values().stream()
                .mapToLong(b -> b.length)
                .sum();

        assertThat(Keys.read(directory, new Bounds(5, bytes))).hasSize(5);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Keys.read(directory, new Bounds(4, bytes)))
                .withMessageContaining("more than 4 files");
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Keys.read(directory, new Bounds(5, bytes - 1)))
                .withMessageContaining("more than " + (bytes - 1) + " bytes");
    }

    @Test
    void shouldSayThatThereIsNoDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        for (Path absent : List.of(directory.resolve("absent"), file)) {
            assertThat(Snapshots.isSnapshot(absent)).isFalse();
            assertThatExceptionOfType(SnapshotException.class)
                    .isThrownBy(() -> Snapshots.load(absent))
                    .withMessageContaining(absent + ": there is no such directory");
            assertThatExceptionOfType(SnapshotException.class)
                    .isThrownBy(() -> Snapshots.plain(ID, absent))
                    .withMessageContaining(absent + ": there is no such directory");
        }
    }

    @Test
    void shouldNotTakeWhatIsLeftOfASnapshotForPlainFiles() throws IOException {
        writeKeys();
        Files.delete(directory.resolve(StoredForm.MANIFEST));

        assertThat(Snapshots.isSnapshot(directory)).isTrue();
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshots.load(directory))
                .withMessageContaining("manifest.json: it is missing");
    }

    @Test
    void shouldTakeAPlainDirectoryForASnapshot() throws IOException {
        Files.writeString(directory.resolve("application.yaml"), "a: 1");
        Files.createDirectory(directory.resolve("db"));
        Files.writeString(directory.resolve("db/pool.properties"), "size=1");

        assertThat(Snapshots.isSnapshot(directory)).isFalse();
        Snapshot plain = Snapshots.plain(ID, directory);
        assertThat(plain.id()).isEqualTo(ID);
        assertThat(plain.files())
                .containsExactly(
                        SnapshotFile.of("application.yaml", "a: 1"), SnapshotFile.of("db/pool.properties", "size=1"));
        assertThat(Snapshots.plain(ID, directory)).isEqualTo(plain);
    }

    private void writeKeys() throws IOException {
        for (Map.Entry<String, byte[]> key : StoredForm.of(SNAPSHOT).data().entrySet()) {
            Files.write(directory.resolve(key.getKey()), key.getValue());
        }
    }
}
