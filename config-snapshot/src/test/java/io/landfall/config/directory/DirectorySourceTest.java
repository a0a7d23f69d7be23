package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.landfall.config.ConfigurationSource.Reading;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    private Path directory;

    @BeforeEach
    void begin(@TempDir Path empty) {
        directory = empty;
    }

    @Test
    void shouldReadAllBelow() throws IOException {
        write("application.yaml", "a: 1");
        write("db/pool.properties", "size=1");
        write("db/deep/er/x y.txt", "");

        Reading reading = new DirectorySource(directory).read();

        assertThat(reading.files())
                .containsExactlyInAnyOrder(
                        SnapshotFile.of("application.yaml", "a: 1"),
                        SnapshotFile.of("db/pool.properties", "size=1"),
                        SnapshotFile.of("db/deep/er/x y.txt", ""));
        assertThat(reading.state()).containsExactly(Map.entry("directory", String.valueOf(directory.getFileName())));
    }

    @Test
    void shouldReadEmptyDirectory() {
        assertThat(new DirectorySource(directory).read().files()).isEmpty();
    }

    @Test
    void shouldLeaveHiddenFilesOut() throws IOException {
        write("application.yaml", "a: 1");
        write(".git/config", "x");
        write("db/.DS_Store", "x");
        Files.createSymbolicLink(directory.resolve(".link"), Path.of("/"));

        assertThat(namesIn(directory)).containsExactly("application.yaml");
    }

    @Test
    void shouldReadMountedConfigMap() throws IOException {
        KubeletMount mount = new KubeletMount(directory.resolve("config"));
        Map<String, byte[]> keys = new TreeMap<>();
        keys.put("a.yaml", "a: 1".getBytes(StandardCharsets.UTF_8));
        keys.put("b.yaml", "b: 1".getBytes(StandardCharsets.UTF_8));
        mount.write(keys);

        assertThat(new DirectorySource(mount.path()).read().files())
                .containsExactly(SnapshotFile.of("a.yaml", "a: 1"), SnapshotFile.of("b.yaml", "b: 1"));
    }

    @Test
    void shouldFollowLinksWithin() throws IOException {
        write("shared/pool.properties", "size=1");
        Files.createSymbolicLink(directory.resolve("pool.properties"), Path.of("shared/pool.properties"));
        Files.createSymbolicLink(directory.resolve("other"), Path.of("shared"));

        assertThat(namesIn(directory))
                .containsExactly("other/pool.properties", "pool.properties", "shared/pool.properties");
    }

    @Test
    void shouldRefuseAllThatIsNoFileAtOnce() throws IOException {
        Path config = Files.createDirectory(directory.resolve("config"));
        Path secret = Files.writeString(directory.resolve("passwd"), "x");
        Files.createSymbolicLink(config.resolve("file"), secret);
        Files.createSymbolicLink(config.resolve("directory"), directory);
        Files.createSymbolicLink(config.resolve("nothing"), Path.of("nowhere"));
        Files.createDirectory(config.resolve("below"));
        Files.createSymbolicLink(config.resolve("below/loop"), config);
        Files.writeString(config.resolve("a:b"), "x");
        Files.writeString(config.resolve("n".repeat(241)), "x");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> new DirectorySource(config).read())
                .withMessageContaining("file: it is a link that leads out of the directory")
                .withMessageContaining("directory: it is a link that leads out of the directory")
                .withMessageContaining("nothing: it is a link to nothing")
                .withMessageContaining("below/loop: it cannot be read: FileSystemLoopException")
                .withMessageContaining("'a:b' has a backslash, a colon or a control character")
                .withMessageContaining("is too long")
                .satisfies(e -> assertThat(e.violations()).hasSize(6));
    }

    @Test
    void shouldRefuseNamedPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> new DirectorySource(directory).read())
                .withMessageContaining("pipe: it is no file");
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshots.load(directory))
                .withMessageContaining("pipe: it is no file");
    }

    @Test
    void shouldRefuseMoreThanItsBounds() throws IOException {
        write("a", "12345");
        write("b/c", "12345");

        assertThat(new DirectorySource(directory, new Bounds(3, 10)).read().files())
                .hasSize(2);
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> new DirectorySource(directory, new Bounds(2, 10)).read())
                .withMessageContaining("it has more than 2 files and directories");
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> new DirectorySource(directory, new Bounds(3, 9)).read())
                .withMessageContaining("its files have more than 9 bytes");
    }

    @Test
    void shouldReadOneStateWhileItChanges() throws Exception {
        KubeletMount mount = new KubeletMount(directory.resolve("config"));

        int readings = mount.whileItSwaps(
                Map.of("a", new byte[] {1}, "b", new byte[] {1}),
                Map.of("a", new byte[] {2}, "b", new byte[] {2}),
                () -> {
                    List<SnapshotFile> files =
                            new DirectorySource(mount.path()).read().files();
                    assertThat(files).hasSize(2);
                    assertThat(files.get(0).content()).isEqualTo(files.get(1).content());
                });

        assertThat(readings).isPositive();
    }

    @Test
    void shouldSayWhichDirectory() {
        assertThat(new DirectorySource(directory).describe()).isEqualTo("directory " + directory);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> namesIn(Path directory) {
        List<String> names = new ArrayList<>();
        new DirectorySource(directory)
                .read()
                .files()
                .forEach(f -> names.add(f.name().path()));
        return names;
    }
}
