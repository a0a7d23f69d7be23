package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedPointerTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Snapshot BASE = snapshot(ID, "a: 0");
    private static final Snapshot FIRST = snapshot(ID.hot(1), "a: 1");
    private static final Snapshot SECOND = snapshot(ID.hot(2), "a: 2");

    private Path directory;
    private KubeletMount mount;

    @BeforeEach
    void mount(@TempDir Path empty) throws IOException {
        directory = empty;
        mount = new KubeletMount(directory.resolve("config-live"));
    }

    @Test
    void shouldBeTheVersionWhereNothingIsMounted() {
        assertThat(live()).isEqualTo(BASE);
        assertThat(MountedPointer.read(directory.resolve("absent")).resolve(BASE))
                .isEqualTo(BASE);

        mount.write(Map.of());
        assertThat(live()).isEqualTo(BASE);
    }

    @Test
    void shouldBeTheVersionThatThePointerNames() {
        mount.write(named("1.4.2\n"));

        assertThat(live()).isEqualTo(BASE);
    }

    @Test
    void shouldBeTheVersionThatIsMounted() {
        mount.write(StoredForm.of(BASE).data());

        assertThat(live()).isEqualTo(BASE);
    }

    @Test
    void shouldBeTheLiveRevision() {
        mount.write(StoredForm.of(SECOND).data());

        assertThat(live()).isEqualTo(SECOND);
    }

    @Test
    void shouldNotTakeAFileOfThatNameForThePointer() {
        Snapshot revision = Snapshot.builder(ID.hot(1))
                .file(SnapshotFile.of("live", "1.4.2"))
                .build();
        mount.write(StoredForm.of(revision).data());

        assertThat(live()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4.2.h1", "1.4.3", "", "no version", "../x"})
    void shouldRefuseWhatIsOnlyNamed(String revision) {
        mount.write(named(revision));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(this::live)
                .withMessageContaining(mount.path().toString())
                .withMessageContaining("live: ");
    }

    @Test
    void shouldRefuseAnotherVersionAndDamage() {
        mount.write(StoredForm.of(snapshot(SnapshotId.of("orders", "1.4.3"), "a: 1"))
                .data());
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(this::live)
                .withMessageContaining("this is orders 1.4.3, and this process runs orders 1.4.2");

        mount.write(StoredForm.of(snapshot(ID, "other content")).data());
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(this::live);

        mount.write(damaged(FIRST));
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(this::live)
                .withMessageContaining("application.yaml: it is not what the manifest says");
    }

    private Snapshot live() {
        return MountedPointer.read(mount.path()).resolve(BASE);
    }

    private static Map<String, byte[]> named(String revision) {
        return Map.of("live", revision.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> damaged(Snapshot snapshot) {
        Map<String, byte[]> data = new HashMap<>(StoredForm.of(snapshot).data());
        data.put("application.yaml", "a: 9".getBytes(StandardCharsets.UTF_8));
        return data;
    }

    private static Snapshot snapshot(SnapshotId id, String text) {
        return Snapshot.builder(id)
                .file(SnapshotFile.of("application.yaml", text))
                .build();
    }
}
