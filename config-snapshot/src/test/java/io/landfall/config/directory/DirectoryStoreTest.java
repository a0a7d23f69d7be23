package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.landfall.config.ByteFlips;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.SnapshotStoreContract;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.UnavailableException;
import io.landfall.config.layout.StoredForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends SnapshotStoreContract {

    private final Path root;

    DirectoryStoreTest(@TempDir Path root) {
        this.root = root;
    }

    @Override
    protected SnapshotStore open() {
        return new DirectoryStore(root.resolve("configs"), new UnforcedDisk(), Duration.ofSeconds(30));
    }

    @Test
    void shouldWaitForTheDisk() {
        SnapshotStore forced = new DirectoryStore(root.resolve("configs"));

        assertThat(forced.write(small())).isTrue();

        assertThat(store.find(BASE)).contains(small());
    }

    @Test
    void shouldLayTheKeysOutAsTheyAreMounted() {
        store.write(rich(BASE));

        assertThat(Snapshots.load(directory("1.4.2"))).isEqualTo(rich(BASE));
    }

    @Test
    void shouldShowSecretsToTheirOwnerOnly() throws IOException {
        store.write(rich(BASE));

        Path secret = directory("1.4.2").resolve("db.properties");
        assumeThat(secret.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRefuseFlippedBytesOnTheDisk() throws IOException {
        Map<String, byte[]> data = StoredForm.of(small()).data();
        store.write(small());

        for (ByteFlips.Flip flip :
                ByteFlips.of(data).filter(f -> f.at() % 4 == 0).toList()) {
            Path file = directory("1.4.2").resolve(flip.key());
            byte[] intact = Files.readAllBytes(file);
            Files.write(file, flip.in(intact));
            flip.shouldBeRefused(() -> store.find(BASE));
            Files.write(file, intact);
        }
        assertThat(store.find(BASE)).contains(small());
    }

    @Test
    void shouldRefuseSnapshotUnderAnothersName() throws IOException {
        store.write(small());
        Files.move(directory("1.4.2"), directory("1.4.3"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.find(SnapshotId.of("orders", "1.4.3")))
                .withMessageContaining("this is the snapshot orders 1.4.2");
        assertThat(store.list("orders")).extracting(StoredSnapshot::complete).containsExactly(false);
    }

    @Test
    void shouldNotMoveThePointerToWhatDoesNotVerify() throws IOException {
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        Files.writeString(directory("1.4.2.h1").resolve("application.yaml"), "a: 2");

        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.moveLive(BASE, FIRST));

        assertThat(store.live(BASE)).contains(BASE);
    }

    @Test
    void shouldReplaceWhatIsLeftOfACopy() throws IOException {
        store.write(small());
        Files.delete(directory("1.4.2").resolve(StoredForm.MANIFEST));
        assertThat(store.find(BASE)).isEmpty();
        assertThat(store.live(BASE)).isEmpty();
        assertThat(store.list("orders")).extracting(StoredSnapshot::complete).containsExactly(false);

        assertThat(store.write(snapshot(BASE, "other content"))).isTrue();

        assertThat(store.find(BASE)).contains(snapshot(BASE, "other content"));
    }

    @Test
    void shouldSayWhichPointerIsDamaged() throws IOException {
        store.write(small());
        Path pointer = directory("1.4.2--live");

        for (String damage : List.of("", "1.4.3", "../x", "1.4.2.h1\n1.4.2.h2", "x".repeat(1000))) {
            Files.writeString(pointer, damage);
            assertThatExceptionOfType(SnapshotException.class)
                    .isThrownBy(() -> store.live(BASE))
                    .withMessageContaining(pointer + ": it names no revision of this version");
        }
    }

    @Test
    void shouldKeepPointersApartFromVersions() {
        SnapshotId namedLive = SnapshotId.of("orders", "1.4.2.live");
        store.write(snapshot(BASE, "a: 0"));
        store.write(snapshot(FIRST, "a: 1"));
        store.write(snapshot(namedLive, "a: 2"));

        store.moveLive(BASE, FIRST);

        assertThat(store.list("orders"))
                .extracting(StoredSnapshot::id, StoredSnapshot::live)
                .containsExactly(
                        tuple(BASE, Optional.of(FIRST)),
                        tuple(FIRST, Optional.empty()),
                        tuple(namedLive, Optional.empty()));
    }

    @Test
    void shouldListNothingOutsideOfItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("../orders"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.list(""));
    }

    @Test
    void shouldSayThatItDoesNotAnswer() throws IOException {
        Files.writeString(root.resolve("file"), "x");
        SnapshotStore broken = new DirectoryStore(root.resolve("file"));

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> broken.write(small()))
                .withMessageContaining(root.resolve("file").toString());
    }

    /** The lock is the process's own, so it takes another one. */
    @Test
    void shouldWaitForAnotherProcessAndNotForever() throws Exception {
        store.write(snapshot(FIRST, "a: 1"));
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        root.resolve("configs/orders").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");
            DirectoryStore impatient = new DirectoryStore(root.resolve("configs"), new Disk(), Duration.ofMillis(50));

            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> impatient.write(small()))
                    .withMessageContaining("another process has held");
            assertThat(store.find(FIRST)).isPresent();

            holder.outputWriter().close();
            assertThat(store.write(small())).isTrue();
        } finally {
            holder.destroyForcibly();
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Path directory(String revision) {
        return root.resolve("configs/orders").resolve(revision);
    }

    private static Snapshot small() {
        return Snapshot.builder(BASE)
                .file(SnapshotFile.of("application.yaml", "a: 1"))
                .file(SnapshotFile.of("db/pool.properties", "size=1"))
                .file(SnapshotFile.of("key.pem", "secret").withSecretKeys(List.of(SnapshotFile.WHOLE)))
                .build();
    }
}
