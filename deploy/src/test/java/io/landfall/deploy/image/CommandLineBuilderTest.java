package io.landfall.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes. */
class CommandLineBuilderTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final Path directory;

    private final List<String> output = Collections.synchronizedList(new ArrayList<>());

    CommandLineBuilderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldFillInTheCommandAndReadTheDigest() throws IOException {
        Path script = script("""
                echo "in $(pwd)"
                for argument in "$@"; do echo "<$argument>"; done
                echo "say to stderr" >&2
                echo "GREETING=$GREETING"
                echo %s > "$4"
                """.formatted(DIGEST));

        ImageReference built = builder(
                        script,
                        "{reference}",
                        "--label=org.opencontainers.image.revision={commit}",
                        "{modules}; rm -rf /",
                        "{digest-file}",
                        "{tag}",
                        "{image}",
                        "{directory}")
                .build(request(Map.of(), Duration.ofSeconds(30)), output::add);

        assertThat(built).isEqualTo(ImageReference.parse("registry/orders:main-20261123-4@" + DIGEST));
        assertThat(output)
                .contains(
                        "in " + directory.toRealPath(),
                        "<registry/orders:main-20261123-4>",
                        "<--label=org.opencontainers.image.revision=0123abc>",
                        "<api,service; rm -rf />",
                        "<main-20261123-4>",
                        "<registry/orders>",
                        "<" + directory.toAbsolutePath() + ">",
                        "say to stderr",
                        "GREETING=hello");
    }

    @Test
    void shouldReadTheDigestAsBuildxWritesIt() throws IOException {
        Path script = script("echo '{\"a\": 1, \"containerimage.digest\": \"" + DIGEST + "\", \"b\": 2}' > \"$1\"");

        assertThat(builder(script, "{digest-file}")
                        .build(request(Map.of(), Duration.ofSeconds(30)), output::add)
                        .digest())
                .contains(DIGEST);
    }

    @Test
    void shouldLeaveOutAnOptionThatHasNothingToSay() throws IOException {
        Path script = script("for argument in \"$@\"; do echo \"<$argument>\"; done");
        BuildRequest all =
                new BuildRequest(directory, image(), "0123abc", List.of(), Map.of(), Map.of(), Duration.ofSeconds(30));

        builder(script, "-B", "-pl", "{modules}", "package").build(all, output::add);

        assertThat(output).containsExactly("<-B>", "<package>");
    }

    @Test
    void shouldRunStepsOneAfterTheOtherUntilOneFails() throws IOException {
        Path script = script("echo \"$1\"; exit $2");
        CommandLineBuilder builder = new CommandLineBuilder(List.of(
                List.of(script.toString(), "one", "0"),
                List.of(script.toString(), "two", "3"),
                List.of(script.toString(), "three", "0")));

        assertThatThrownBy(() -> builder.build(request(Map.of(), Duration.ofSeconds(30)), output::add))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("ended with 3. It said at last:\ntwo");
        assertThat(output).containsExactly("one", "two");
    }

    @Test
    void shouldFailWithTheLastLinesAndWithoutSecrets() throws IOException {
        Path script = script("""
                i=0; while [ $i -lt 100 ]; do echo "line $i"; i=$((i + 1)); done
                echo "login with $TOKEN failed"
                exit 7
                """);

        BuildFailedException failed = catchThrowableOfType(BuildFailedException.class, () -> builder(script)
                .build(request(Map.of("TOKEN", "s3cr3t-value"), Duration.ofSeconds(30)), output::add));

        assertThat(failed)
                .hasMessageStartingWith(
                        "The image registry/orders:main-20261123-4 was not built: '" + script + "' ended with 7.")
                .hasMessageEndingWith("line 99\nlogin with *** failed")
                .hasMessageNotContaining("line 80\n")
                .hasMessageContaining("line 81\n");
        assertThat(String.join("\n", output)).contains("login with *** failed").doesNotContain("s3cr3t");
        assertThat(request(Map.of("TOKEN", "s3cr3t-value"), Duration.ZERO).toString())
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldHideSecretsOfSeveralLinesAndOfLongOnes() throws IOException {
        Path script = script("""
                echo "login with hunter2 failed"
                head -c 8188 /dev/zero | tr '\\0' x
                echo "hunter2"
                """);

        builder(script)
                .build(
                        request(Map.of("TOKEN", "hunter2\n", "KEY", "-----BEGIN\n"), Duration.ofSeconds(30)),
                        output::add);

        assertThat(output).hasSize(2).noneMatch(line -> line.contains("hunt"));
    }

    @Test
    void shouldNotTakeABuilderThatPushedNothingForOneThatDid() throws IOException {
        Path script = script("echo Skipping containerization of this module");

        assertThatThrownBy(() -> builder(script, "--digest", "{digest-file}")
                        .build(request(Map.of(), Duration.ofSeconds(30)), output::add))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("wrote no digest of anything that it pushed");
    }

    @Test
    void shouldEndABuildThatTakesTooLongWithAllThatItStarted() throws IOException {
        Path child = directory.resolve("child");
        Path script = script("sleep 600 & echo $! > " + child + "; echo started; wait");
        Instant begun = Instant.now();

        assertThatThrownBy(() -> builder(script).build(request(Map.of(), Duration.ofSeconds(5)), output::add))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("took longer than 5 s, and was ended. It said at last:\nstarted");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(30));
        long pid = Long.parseLong(Files.readString(child).strip());
        // Whoever adopts it may not have collected it yet.
        ProcessHandle.of(pid).ifPresent(process -> assertThat(process.onExit()
                        .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                        .isAlive())
                .isFalse());
    }

    @Test
    void shouldSayThatTheCommandIsNotThere() {
        assertThatThrownBy(() -> new CommandLineBuilder(List.of(List.of("no-such-builder")))
                        .build(request(Map.of(), Duration.ofSeconds(5)), output::add))
                .hasMessageContaining("'no-such-builder' cannot be started in " + directory);
    }

    @Test
    void shouldRefuseUnknownPlaceholders() {
        assertThatThrownBy(() -> new CommandLineBuilder(List.of(List.of("docker", "{tags}"))))
                .hasMessage(
                        "'{tags}' is unknown: known are image, tag, reference, commit, modules, directory, digest-file");
        assertThatThrownBy(() -> new CommandLineBuilder(List.of())).hasMessage("there is no command");
    }

    @Test
    void shouldPassTheCommitOnInEveryKnownCommand() {
        assertThat(BuildCommands.names()).containsExactly("buildah", "docker", "jib", "kaniko");
        for (String name : BuildCommands.names()) {
            List<List<String>> steps = BuildCommands.find(name).orElseThrow();
            assertThat(new CommandLineBuilder(steps)).isNotNull();
            assertThat(String.join(" ", steps.stream().flatMap(List::stream).toList()))
                    .contains("org.opencontainers.image.revision={commit}", "{reference}", "{digest-file}");
        }
    }

    @Test
    void shouldAskGitWhatIsBuilt() throws Exception {
        run("git", "init", "-q", "-b", "feature/x", ".");
        Files.writeString(directory.resolve("file"), "one");
        run("git", "add", "file");
        run("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one");

        SourceRevision clean = SourceRevision.of(directory);
        Files.writeString(directory.resolve("file"), "two");

        assertThat(clean.branch()).isEqualTo("feature/x");
        assertThat(clean.commit()).matches("[0-9a-f]{40}");
        assertThat(clean.changed()).isFalse();
        assertThat(SourceRevision.of(directory).changed()).isTrue();
    }

    @Test
    void shouldSayThatThereIsNoRepository() {
        assertThatThrownBy(() -> SourceRevision.of(directory))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("fails in " + directory + ": name a directory of a repository with a commit");
    }

    private void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static CommandLineBuilder builder(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return new CommandLineBuilder(List.of(command));
    }

    private BuildRequest request(Map<String, String> secrets, Duration deadline) {
        return new BuildRequest(
                directory,
                image(),
                "0123abc",
                List.of("api", "service"),
                Map.of("GREETING", "hello"),
                secrets,
                deadline);
    }

    private static ImageReference image() {
        return ImageReference.parse("registry/orders:main-20261123-4");
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(directory.resolve("build.sh"), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
