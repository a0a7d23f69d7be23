package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.field.ManyInterfacesRun;
import io.landfall.e2e.interfaces.Figures;
import io.landfall.e2e.interfaces.ManyInterfaces;
import io.landfall.e2e.interfaces.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ManyInterfacesIT {

    private static final String NAME = "many-interfaces";
    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    private static final String HEAD = """
            # A hundred interfaces on ten pods, and one stock consumer of all

            Written by `ManyInterfacesIT`. The pods are Dubbos in one process, behind a balancer that chooses at random; the registry is a
            ZooKeeper. *Connections* of the consumer when each interface has been called once; *start*: of ten pods, one after
            the other, and of the consumer, until each interface has answered once. Then one pod leaves: *notifications* are what the
            registry tells a consumer of all interfaces, *left* the entries after that.

            | pods are entered | connections | most to one pod | entries | pods' start | consumer's start | notifications | left |
            |---|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final List<Figures> rows = new ArrayList<>();

    @Proof(
            title = "A hundred interfaces on ten pods",
            description =
                    "What one stock consumer of all of them holds and how long it takes to start: with pods' own addresses, with one"
                            + " address for all as stock Dubbo has it, and with Landfall's entries, with and without names of their own.")
    @ParameterizedTest(name = "{0}")
    @EnumSource(Way.class)
    void shouldStayWithinItsConnections(Way way) throws IOException {
        Figures figures = ManyInterfacesRun.of(way, BASE.resolve("target").resolve(NAME));
        rows.add(figures);

        if (way == Way.NAMES) {
            assertThat(figures.connections()).isEqualTo(ManyInterfaces.PODS);
            assertThat(figures.mostToOnePod()).isLessThanOrEqualTo(ManyInterfaces.MOST_TO_ONE_POD);
            assertThat(figures.entries()).isEqualTo(ManyInterfaces.PODS * ManyInterfaces.INTERFACES);
            assertThat(figures.notifications()).isEqualTo(ManyInterfaces.INTERFACES);
        }
    }

    @AfterAll
    static void write() throws IOException {
        Path folder = Boolean.getBoolean("landfall.results.write")
                ? BASE.resolve("../benchmarks/results")
                : BASE.resolve("target");
        Files.createDirectories(folder);
        new ObjectMapper()
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(NAME + ".json").toFile(), Map.of("rows", rows));
        StringBuilder table = new StringBuilder(HEAD);
        rows.forEach(row -> table.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d ms | %,d ms | %,d | %,d |%n",
                row.way(),
                row.connections(),
                row.mostToOnePod(),
                row.entries(),
                row.providersStartMillis(),
                row.consumerStartMillis(),
                row.notifications(),
                row.entriesLeft())));
        Files.writeString(folder.resolve(NAME + ".md"), table);
    }
}
