package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.field.Application;
import io.landfall.e2e.field.StartTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What service-registry adds to the start of an application. It needs no cluster. */
@Tag("slow")
class StartTimeIT {

    private static final int STARTS = 10;
    /** What else a machine does only makes a start slower, by more than what is looked for: the fastest of so many counts. */
    private static final int ATTEMPTS = 5;

    private static final Duration MOST = Duration.ofMillis(50);
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();

    private static final Map<String, Object> millis = new TreeMap<>();

    @Proof(
            title = "The start of an application",
            description =
                    "A Spring Boot application with Dubbo, and one without, started with service-registry and without it, in turns:"
                            + " ten times the fastest of five with it beside the fastest of five without it: the median is at most 50 ms later.")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DUBBO BOOT_3_5", "TOMCAT BOOT_3_5"})
    void shouldStartAsSoonAsWithoutIt(String words) throws IOException {
        List<Duration> with = new ArrayList<>();
        List<Duration> without = new ArrayList<>();
        // What the machine does in one minute and not in the next is in both of a pair.
        List<Duration> later = new ArrayList<>();
        Path folder = TARGET.resolve("start-" + words.replace(' ', '-').toLowerCase(Locale.ROOT));
        try (StartTime start = new StartTime(Application.of(words), folder)) {
            // What is read for the first time is slower than what the machine remembers.
            start.measure(true);
            start.measure(false);
            for (int i = 0; i < STARTS; i++) {
                fastest(start, with, without);
                later.add(with.get(i).minus(without.get(i)));
            }
        }
        millis.put(words, Map.of("with", millis(with), "without", millis(without), "later", millis(later)));

        assertThat(median(later)).isLessThanOrEqualTo(MOST);
    }

    private static void fastest(StartTime start, List<Duration> with, List<Duration> without) {
        List<Duration> attemptsWith = new ArrayList<>();
        List<Duration> attemptsWithout = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            // Neither is always the one that begins while the other's process is being cleared away.
            boolean withFirst = i % 2 == 0;
            (withFirst ? attemptsWith : attemptsWithout).add(start.measure(withFirst));
            (withFirst ? attemptsWithout : attemptsWith).add(start.measure(!withFirst));
        }
        with.add(Collections.min(attemptsWith));
        without.add(Collections.min(attemptsWithout));
    }

    @AfterAll
    static void write() throws IOException {
        Files.createDirectories(TARGET);
        new ObjectMapper()
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValue(TARGET.resolve("start-times.json").toFile(), Map.of("millis", millis));
    }

    private static List<Long> millis(List<Duration> durations) {
        return durations.stream().map(Duration::toMillis).toList();
    }

    private static Duration median(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() / 2 - 1)
                .plus(sorted.get(sorted.size() / 2))
                .dividedBy(2);
    }
}
