package io.landfall.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How soon hot revisions reach pods: a file for machines and a table. What an earlier run measured stays until it is measured again. */
final class HotRevisionReport {

    private static final String NAME = "hot-revisions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            # Hot revisions, from the request to publish them to the pods that have them

            Written by `SnapshotIT`: four pods, one revision after the other. *watch*: pods watch the API server. *mount*: they have no rights, and
            see a mounted copy when the kubelet renews it.

            | way | what | samples | median ms | 99% ms | longest ms |
            |---|---|--:|--:|--:|--:|
            """;

    private final Path json;
    private final Path table;
    private final Map<String, List<Long>> millis;

    /** Continues what is there. */
    @SuppressWarnings("unchecked")
    HotRevisionReport(Path folder) throws IOException {
        json = folder.resolve(NAME + ".json");
        table = folder.resolve(NAME + ".md");
        millis = Files.exists(json) ? JSON.readValue(json.toFile(), TreeMap.class) : new TreeMap<>();
    }

    HotRevisionReport watch(HotRevisions measured) {
        add("watch | applied", measured.applied());
        add("watch | undone", measured.undone());
        return this;
    }

    HotRevisionReport mount(List<Duration> measured) {
        add("mount | applied", measured);
        return this;
    }

    private void add(String what, List<Duration> durations) {
        millis.put(what, durations.stream().map(Duration::toMillis).sorted().toList());
    }

    void write() throws IOException {
        Files.createDirectories(json.getParent());
        JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), millis);
        StringBuilder text = new StringBuilder(HEAD);
        millis.forEach((what, all) -> text.append(line(what, all)));
        Files.writeString(table, text);
    }

    /** JSON's small numbers come back as integers. */
    private static String line(String what, List<? extends Number> all) {
        List<Duration> durations =
                all.stream().map(n -> Duration.ofMillis(n.longValue())).toList();
        return String.format(
                "| %s | %d | %d | %d | %d |%n",
                what,
                durations.size(),
                HotRevisions.percentile(durations, 50).toMillis(),
                HotRevisions.percentile(durations, 99).toMillis(),
                HotRevisions.percentile(durations, 100).toMillis());
    }
}
