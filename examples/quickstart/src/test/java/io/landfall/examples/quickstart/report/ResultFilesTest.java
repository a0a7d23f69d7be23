package io.landfall.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @Test
    void shouldWriteTheKeysThatOthersCheck(@TempDir Path folder) throws IOException {
        Path file = ResultFiles.writeJson(result(Books.run("landfall", 0)), folder.resolve("quickstart.json"));

        JsonNode run = new ObjectMapper().readTree(file.toFile()).at("/runs/0");
        assertThat(run.get("protocol").asText()).isEqualTo("tri");
        assertThat(run.get("mode").asText()).isEqualTo("landfall");
        assertThat(run.get("calls").asLong()).isEqualTo(9);
        assertThat(run.get("lost").asLong()).isZero();
        assertThat(run.get("lostByType").isObject()).isTrue();
        assertThat(run.get("p50Millis").asDouble()).isGreaterThan(6.9);
        assertThat(run.get("p99Millis").asDouble()).isGreaterThan(6.9);
        assertThat(run.get("p999Millis").asDouble()).isGreaterThan(6.9);
        assertThat(run.get("maxShareDeviation").asDouble()).isEqualTo(0.5);
        assertThat(run.get("maxDrainSeconds").asDouble()).isEqualTo(6.5);
        assertThat(run.at("/shares/after/pod-1").asDouble()).isEqualTo(0.25);
        assertThat(run.at("/drainSeconds/pod-1").asDouble()).isEqualTo(6.5);
    }

    @Test
    void shouldMakeAPageThatNeedsNoNetwork(@TempDir Path folder) throws IOException {
        String page = Files.readString(
                ResultFiles.writePage(result(Books.run("stock", 2)), folder.resolve("quickstart.html")));

        assertThat(page).contains("\"mode\":\"stock\"").doesNotContain("/*RESULT*/");
        assertThat(page).doesNotContain("http://", "https://", " src=", "@import");
    }

    @Test
    void shouldNotLetAMessageEndTheScript() throws IOException {
        Result result = new Result("now", 1, "lc", "17", 2, List.of(), List.of("</script><b>"));

        assertThat(ResultFiles.page(result))
                .contains("\\u003c/script>\\u003cb>")
                .doesNotContain("</script><b>");
    }

    @Test
    void shouldHoldUnlessALandfallRunLostACallOrSomethingDidNotRun() {
        assertThat(result(Books.run("stock", 5), Books.run("landfall", 0)).holds())
                .isTrue();
        assertThat(result(Books.run("stock", 0), Books.run("landfall", 1)).holds())
                .isFalse();
        assertThat(new Result("now", 1, "lc", "17", 2, List.of(), List.of("no port")).holds())
                .isFalse();
    }

    private static Result result(RunResult... runs) {
        return new Result("2026-01-01T00:00:00Z", 300, "lc", "17", 2, List.of(runs), List.of());
    }
}
