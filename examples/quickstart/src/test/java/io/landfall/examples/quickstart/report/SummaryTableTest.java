package io.landfall.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

    private final List<String> lines = SummaryTable.of(List.of(Books.run("stock", 2), Books.run("landfall", 0)));

    @Test
    void shouldPutRunsSideBySide() {
        assertThat(lines.get(0)).matches("\\s+tri\\s+tri");
        assertThat(lines.get(1)).matches("\\s+stock\\s+landfall");
        assertThat(lines).anyMatch(line -> line.matches("calls\\s+11\\s+9"));
        assertThat(lines).anyMatch(line -> line.matches("lost\\s+2\\s+0"));
    }

    @Test
    void shouldNameWhatWasLost() {
        assertThat(lines).anyMatch(line -> line.matches("  Reset\\s+2\\s+0"));
    }

    @Test
    void shouldShowSharesAgainstTheIdealAndDrains() {
        assertThat(lines).anyMatch(line -> line.endsWith("(ideal 50.0)"));
        assertThat(lines).anyMatch(line -> line.matches("  legacy-1\\s+75.0\\s+75.0"));
        assertThat(lines).anyMatch(line -> line.matches("largest deviation from ideal\\s+50.0 %\\s+50.0 %"));
        assertThat(lines).anyMatch(line -> line.matches("slowest\\s+6.5\\s+6.5"));
    }

    @Test
    void shouldFitAWideTerminal() {
        assertThat(SummaryTable.of(List.of(
                        Books.run("stock", 2),
                        Books.run("landfall", 0),
                        Books.run("stock", 2),
                        Books.run("landfall", 0))))
                .allMatch(line -> line.length() <= 100);
    }
}
