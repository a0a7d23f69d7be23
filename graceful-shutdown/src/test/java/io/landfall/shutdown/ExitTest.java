package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real signals to a real JVM: how long it takes from SIGTERM to the end of the process. */
class ExitTest {

    /** For a JVM to notice a signal, and to end, on a busy machine too. What ends for a wrong reason takes twenty seconds and more. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final List<String> lines = new ArrayList<>();
    private @Nullable Process started;
    private @Nullable BufferedReader read;

    @AfterEach
    void end() {
        process().destroyForcibly();
    }

    private Process process() {
        return Objects.requireNonNull(started);
    }

    @Test
    void shouldExitSoonAfterTheQuietPeriodWhenNothingRuns() throws Exception {
        start(800, 30_000, 0);

        Duration took = exitAfterSigterm();

        assertThat(took)
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(800).plus(MARGIN));
    }

    @Test
    void shouldExitSoonAfterTheLastCallEnds() throws Exception {
        start(500, 30_000, 4_000);
        sigterm();
        await("answered");
        long answered = System.nanoTime();

        waitForEnd();

        assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(MARGIN.plusMillis(500));
        assertThat(lines).anyMatch(line -> line.contains("cut=0"));
    }

    @Test
    void shouldExitAtTheDeadlineAndNameTheCallThatIsCut() throws Exception {
        start(500, 2_000, 60_000);

        Duration took = exitAfterSigterm();

        assertThat(took).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(2).plus(MARGIN));
        assertThat(lines).anyMatch(line -> line.contains("Report.build"));
        assertThat(lines).anyMatch(line -> line.contains("cut=1") && line.contains("forced=true"));
    }

    @Test
    void shouldExitAtOnceOnASecondSignal() throws Exception {
        start(500, 60_000, 60_000);
        sigterm();
        await("draining");

        // Those that come within a second are the first one's echo.
        CompletableFuture<Void> impatient = CompletableFuture.runAsync(this::signalUntilTheEnd);
        long begin = System.nanoTime();
        waitForEnd();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MARGIN);
        assertThat(lines).anyMatch(line -> line.contains("A second signal: the drain ends now"));
        impatient.join();
    }

    @Test
    void shouldExitWithoutADrainThatWasTakenOut() throws Exception {
        start(20_000, 60_000, 0, "unhook");

        Duration took = exitAfterSigterm();

        assertThat(took).isLessThan(MARGIN);
        assertThat(lines).doesNotContain("draining");
    }

    private void start(int quietMillis, int deadlineMillis, int callMillis, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Dlog.level=INFO",
                "-cp",
                System.getProperty("java.class.path"),
                Leaver.class.getName(),
                String.valueOf(quietMillis),
                String.valueOf(deadlineMillis),
                String.valueOf(callMillis)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started = process;
        read = process.inputReader(StandardCharsets.UTF_8);
        await("up");
    }

    private Duration exitAfterSigterm() throws Exception {
        long begin = System.nanoTime();
        sigterm();
        waitForEnd();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Java's own way to send it also closes what the process writes. */
    private void sigterm() throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-TERM", String.valueOf(process().pid()))
                .redirectErrorStream(true)
                .start();
        assertThat(kill.waitFor() == 0 || !process().isAlive()).isTrue();
    }

    private void signalUntilTheEnd() {
        try {
            do {
                sigterm();
            } while (!process().waitFor(100, TimeUnit.MILLISECONDS));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void waitForEnd() throws InterruptedException {
        for (@Nullable String line = next(); line != null; line = next()) {
            lines.add(line);
        }
        assertThat(process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private void await(String line) {
        String read = "";
        while (!read.equals(line)) {
            read = Objects.requireNonNull(next(), () -> "the process ended without saying " + line + ": " + lines);
            lines.add(read);
        }
    }

    private @Nullable String next() {
        try {
            return Objects.requireNonNull(read).readLine();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
