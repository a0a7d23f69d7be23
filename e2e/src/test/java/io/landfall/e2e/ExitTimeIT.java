package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.field.Application;
import io.landfall.e2e.field.DrainLog;
import io.landfall.e2e.field.HostApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From SIGTERM to the end of the process, with the settings that everybody gets. It needs no cluster. */
@Tag("slow")
class ExitTimeIT {

    private static final Duration QUIET_PERIOD = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofMillis(1500);
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();

    private static final Map<String, Long> millis = new TreeMap<>();

    @Proof(
            title = "Exit of an idle process",
            description = "SIGTERM to a process without calls: it ends within the quiet period and 1.5 s.")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DUBBO MAIN", "TOMCAT BOOT_3_5", "TRI BOOT_4_1"})
    void shouldExitAfterTheQuietPeriod(String application) {
        try (HostApplication process = start(application, "idle")) {
            long begin = System.nanoTime();
            process.sigterm();
            process.awaitEnd(DEADLINE);

            Duration took = since(begin);
            millis.put("idle, " + application, took.toMillis());
            assertThat(took).isBetween(QUIET_PERIOD, QUIET_PERIOD.plus(MARGIN));
        }
    }

    /** Not over triple: the stock consumer of this test would cancel the call by itself after 10 s. */
    @Proof(
            title = "Exit with a call of 20 s",
            description =
                    "SIGTERM with a call of 20 s in flight: the call is answered, and the process ends within 1.5 s.")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DUBBO MAIN", "TOMCAT BOOT_3_5", "DUBBO BOOT_4_1"})
    void shouldExitSoonAfterTheLastCall(String application) {
        try (HostApplication process = start(application, "20-s-call")) {
            CompletableFuture<Long> answeredAt =
                    process.begin(Duration.ofSeconds(20)).thenApply(answer -> System.nanoTime());
            process.sigterm();
            long answered = answeredAt.join();
            process.awaitEnd(DEADLINE);

            Duration took = since(answered);
            millis.put("after a call of 20 s, " + application, took.toMillis());
            assertThat(took).isLessThan(MARGIN);
            assertThat(process.drain())
                    .hasValueSatisfying(drain -> assertThat(drain.forced()).isFalse());
        }
    }

    @Proof(
            title = "Exit with a call of 60 s",
            description =
                    "SIGTERM with a call of 60 s in flight: the process ends at the deadline, and names the call.")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DUBBO MAIN", "TOMCAT BOOT_3_5", "TRI BOOT_4_1"})
    void shouldExitAtTheDeadlineAndNameTheCall(String application) {
        try (HostApplication process = start(application, "60-s-call")) {
            CompletableFuture<?> unused = process.begin(Duration.ofSeconds(60));
            long begin = System.nanoTime();
            process.sigterm();
            process.awaitEnd(DEADLINE.plusSeconds(15));

            Duration took = since(begin);
            millis.put("with a call of 60 s, " + application, took.toMillis());
            assertThat(took).isBetween(DEADLINE, DEADLINE.plus(MARGIN));
            assertThat(process.drain().map(DrainLog::cutCalls).orElseThrow())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("greet");
        }
    }

    @AfterAll
    static void write() throws IOException {
        Files.createDirectories(TARGET);
        new ObjectMapper()
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValue(TARGET.resolve("exit-times.json").toFile(), Map.of("millis", millis));
    }

    private static HostApplication start(String application, String situation) {
        String folder =
                "exit-" + situation + "-" + application.replace(' ', '-').toLowerCase(Locale.ROOT);
        return HostApplication.start(Application.of(application), TARGET.resolve(folder));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
