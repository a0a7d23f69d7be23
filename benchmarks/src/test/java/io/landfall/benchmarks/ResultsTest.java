package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private final Results results = new Results(
            Suite.IN_FLIGHT,
            new Results.Machine(2, "amd64", "JDK 17"),
            "3 forks",
            List.of(
                    new Measurement("inFlight", 1, 0.0001, List.of(List.of(7.5, 8.5), List.of(8.0))),
                    new Measurement("bulkhead", 1, 0, List.of(List.of(20.0)))));

    @Test
    void shouldShowRatiosAndTheVerdict() {
        assertThat(results.markdown())
                .contains("JDK 17, amd64, 2 cores. 3 forks.")
                .contains("| inFlight | 1 | 8.00 | 7.50 to 8.50 | bulkhead | 0.40 | -12.00 | 0.000 |")
                .contains("| bulkhead | 1 | 20.00 | 20.00 to 20.00 | bulkhead | 1.00 | 0.00 | 0.000 |")
                .endsWith("Kept.\n");
    }

    @Test
    void shouldKeepEverySample() {
        assertThat(results.json())
                .contains("\"cores\": 2", "\"jdk\": \"JDK 17\"")
                .contains("\"name\": \"inFlight\", \"threads\": 1, \"nanosPerCall\": 8.000")
                .contains("\"samples\": [[7.500, 8.500], [8.000]]");
    }

    @Test
    void shouldWriteBothFilesIntoAFolderThatIsNotThereYet(@TempDir Path folder) throws IOException {
        Path deeper = folder.resolve("results");

        results.writeTo(deeper);

        assertThat(deeper.resolve("in-flight.json")).hasContent(results.json());
        assertThat(deeper.resolve("in-flight.md")).hasContent(results.markdown());
    }
}
