package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadProcessTest {

    @Test
    void shouldWriteAReportThatCanBeReadBack(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("made/on/demand/report.json");
        Arguments arguments = Arguments.parse("--out", out.toString(), "--rate", "50", "--duration", "1");

        int exitCode = new LoadProcess(arguments)
                .run(work -> CompletableFuture.completedFuture(new Answer("one")), LossNames.ROOT_CAUSE);

        LoadReport report = new ObjectMapper().readValue(out.toFile(), LoadReport.class);
        assertThat(exitCode).isZero();
        assertThat(report.sent()).isEqualTo(50);
        assertThat(report.latency().decode().getTotalCount()).isEqualTo(50);
    }

    @Test
    void shouldLeaveOnlyTheProtocolsArguments() {
        Arguments arguments = Arguments.parse("--out", "x", "--rate", "5", "--url", "http://localhost");

        new LoadProcess(arguments);

        assertThatThrownBy(arguments::requireNoOthers).hasMessage("unknown: {url=http://localhost}");
    }

    @Test
    void shouldSayWhichArgumentIsWrong() {
        assertThatThrownBy(() -> new LoadProcess(Arguments.parse("--rate", "5")))
                .hasMessage("--out is missing");
        assertThatThrownBy(() -> new LoadProcess(Arguments.parse("--out", "x", "--rate", "many")))
                .hasMessage("--rate must be a whole number");
        assertThatThrownBy(() -> Arguments.parse("--out")).hasMessage("expected --key value, found: --out");
    }
}
