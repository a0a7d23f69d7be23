package io.landfall.examples.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private Children children;
    private Path patient;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        children = new Children(Machine.requireJava(), folder.resolve("logs"));
        patient = Files.writeString(folder.resolve("Patient.java"), """
                class Patient {
                    public static void main(String[] args) throws Exception {
                        System.out.println("pod is " + System.getenv("POD_NAME"));
                        while (System.in.read() != 'q') {}
                        System.exit(5);
                    }
                }
                """);
    }

    @AfterEach
    void close() {
        children.close();
    }

    @Test
    void shouldPassLinesEnvironmentAndWhatItIsTold() throws InterruptedException {
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Child child = children.start("one", Map.of("POD_NAME", "pod-1"), List.of(patient.toString()), lines::add);
        assertThat(lines.poll(BOUND.toSeconds(), TimeUnit.SECONDS)).isEqualTo("pod is pod-1");

        child.tell("q");

        assertThat(child.awaitExit(BOUND)).isTrue();
        assertThat(child.exitCode()).isEqualTo(5);
        assertThatThrownBy(child::requireAlive)
                .hasMessage("one ended by itself with exit code 5; its log is " + child.log() + ".");
    }

    @Test
    void shouldSendSigtermAndLeaveStandardInputOpen() {
        Child child = startAndAwait("two");

        child.terminate();

        assertThat(child.awaitExit(BOUND)).isTrue();
        assertThat(child.exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void shouldEndAllAndStartNoOther() {
        Child child = startAndAwait("three");

        children.close();

        assertThat(child.isAlive()).isFalse();
        assertThatThrownBy(() -> children.start("four", Map.of(), List.of(patient.toString())))
                .isInstanceOf(CannotRunException.class);
    }

    @Test
    void shouldSayWhatItWaitedForInVain() {
        assertThatThrownBy(() -> Await.until("a miracle", Duration.ofMillis(50), () -> false))
                .isInstanceOf(CannotRunException.class)
                .hasMessage("Gave up after 0 s waiting for a miracle.");
    }

    private Child startAndAwait(String name) {
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Child child = children.start(name, Map.of(), List.of(patient.toString()), lines::add);
        Await.until("the first line", BOUND, () -> !lines.isEmpty());
        return child;
    }
}
