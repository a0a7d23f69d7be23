package io.landfall.config.apollo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in a process of its own, which has nothing but an environment. */
class MountedSnapshotTest {

    private Path temporary;
    private Path mount;
    private Path cache;

    @BeforeEach
    void mount(@TempDir Path directory) throws IOException {
        temporary = directory;
        mount = Files.createDirectory(temporary.resolve("mount"));
        cache = Files.createDirectory(temporary.resolve("cache"));
        Snapshot snapshot = Snapshot.builder(new SnapshotId("orders", "1.4.2", 0))
                .file(SnapshotFile.of("application.properties", "greeting=good morning"))
                .file(SnapshotFile.of("db.yaml", "size: 8"))
                .file(SnapshotFile.of("rules.json", "{}"))
                .build();
        for (Map.Entry<String, byte[]> key : StoredForm.of(snapshot).data().entrySet()) {
            Files.write(mount.resolve(key.getKey()), key.getValue());
        }
        Path services = Files.createDirectories(temporary.resolve("classes/META-INF/services"));
        Files.writeString(
                services.resolve(LiveFollowerProvider.class.getName()), UnchangedProgram.Revision.class.getName());
    }

    @Test
    void shouldBeReadByAProgramWithoutSpringWhichAsksNoServer() throws Exception {
        try (ApolloServer server = new ApolloServer()) {
            List<String> output = run(server, Map.of("LANDFALL_CONFIG_DIR", mount.toString()));

            assertThat(output)
                    .contains("greeting=good morning", "source=CONFIGMAP", "yaml=8", "file={}", "missing=none")
                    .contains("changed=good morning -> good evening")
                    .noneMatch(line -> line.matches("thread=Apollo-(Remote|ConfigServiceLocator).*"));
            assertThat(server.requests()).isEmpty();
            assertThat(cache).isEmptyDirectory();
        }
    }

    @Test
    void shouldBeLeftAloneWhereTheClientIsApollos() throws Exception {
        try (ApolloServer server = new ApolloServer()) {
            List<String> output =
                    run(server, Map.of("LANDFALL_CONFIG_DIR", mount.toString(), "LANDFALL_CONFIG_APOLLO", "false"));

            // All that is absent in the other test is seen here, where it is there.
            assertThat(output)
                    .contains("greeting=from the server", "source=REMOTE", "yaml=none", "changed=nothing")
                    .anyMatch(line -> line.matches("thread=Apollo-(Remote|ConfigServiceLocator).*"));
            assertThat(server.requests()).contains("/configs/orders/default/application");
            assertThat(cache).isNotEmptyDirectory();
        }
    }

    @Test
    void shouldBeThereOnlyWithASnapshot() {
        assertThat(mounted(mount).isThere()).isTrue();
        assertThat(mounted(cache).isThere()).isFalse();
        assertThat(mounted(temporary.resolve("absent")).isThere()).isFalse();
    }

    @Test
    void shouldNotLoadIfItDoesNotVerify() throws IOException {
        Files.writeString(mount.resolve("db.yaml"), "size: 9");

        assertThatThrownBy(() -> mounted(mount).load())
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("db.yaml: it is not what the manifest says");
    }

    @Test
    void shouldKeepTheVersionWhereWhatIsLiveDoesNotLoad() throws IOException {
        Path services = Files.createDirectories(temporary.resolve("broken/META-INF/services"));
        Files.writeString(services.resolve(LiveFollowerProvider.class.getName()), Broken.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {temporary.resolve("broken").toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            MountedSnapshot.Loaded loaded = new MountedSnapshot(
                            Map.of("LANDFALL_CONFIG_DIR", mount.toString(), "LANDFALL_CONFIG_FOLLOW", "broken"),
                            new Properties())
                    .load();

            assertThat(loaded.live().current().id().revision()).isEqualTo("1.4.2");
            assertThat(loaded.live().refusal().orElseThrow().reason()).contains("secrets is forbidden");
            loaded.close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Hears of a revision that it may not read. */
    public static final class Broken implements LiveFollowerProvider {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
            return Optional.of(new LiveFollower() {
                @Override
                public Optional<Snapshot> atStart() {
                    throw new SnapshotException(
                            "Snapshot 1.4.2.h1",
                            List.of(new Violation("Secret shop/orders", "secrets is forbidden", "allow it")));
                }

                @Override
                public void follow(LiveSnapshot live) {}

                @Override
                public void close() {}
            });
        }
    }

    private static MountedSnapshot mounted(Path directory) {
        return new MountedSnapshot(Map.of("LANDFALL_CONFIG_DIR", directory.toString()), new Properties());
    }

    private List<String> run(ApolloServer server, Map<String, String> environment) throws Exception {
        Path output = temporary.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dapp.id=orders",
                "-Dapollo.meta=" + server.url(),
                "-Dapollo.cache-dir=" + cache,
                "-cp",
                temporary.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
                UnchangedProgram.class.getName());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, SECONDS)).as("it ends").isTrue();
            List<String> lines = Files.readAllLines(output, UTF_8);
            assertThat(process.exitValue()).as("%s", lines).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
