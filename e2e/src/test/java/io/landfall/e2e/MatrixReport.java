package io.landfall.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.cluster.PodEnd;
import io.landfall.e2e.field.Application;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rolling restarts with Landfall, and without it, of the same applications in one run: a file for machines and a table. */
final class MatrixReport {

    private static final String NAME = "rolling-restarts";

    private static final String HEAD = """
            # Rolling restarts: Landfall, and the best that there is without it

            Written by `MatrixIT`. Four pods behind an external address, replaced one at a time, while consumers make %d web
            requests a second, or %d calls where Dubbo is: 20 to 200 ms of work, 3 s in every hundredth. All cells on one machine,
            one after the other, in one run; the stock pods have `server.shutdown=graceful` or `dubbo.service.shutdown.wait`,
            and a `preStop` hook that takes them out of Dubbo's registry (QOS `offline`) and sleeps 10 s. *Seconds*: from the request to
            delete a pod to the end of its container, median of four and the longest, as Kubernetes records it: in whole
            seconds. Landfall's pods get their SIGTERM at the beginning of that time, stock ones after their hook. Consumers
            are stock, except over triple, where those of Landfall's pods have Landfall too.

            Most of what stock Dubbo loses has one cause (`NO_INVOKER` in the JSON): all its pods are one provider with one connection,
            to which a consumer comes back up to a minute after it was closed, Dubbo's default, and there is no other provider here.

            | application | platform | Landfall: lost of calls | seconds | stock: lost of calls | seconds | time against stock |
            |---|---|--:|--:|--:|--:|--:|
            """;

    private final int webCalls;
    private final int dubboCalls;
    private final List<Row> rows = new ArrayList<>();

    /** With what all consumers together call in a second. */
    MatrixReport(int webCalls, int dubboCalls) {
        this.webCalls = webCalls;
        this.dubboCalls = dubboCalls;
    }

    void add(Row row) {
        rows.add(row);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        new ObjectMapper()
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve(NAME + ".json").toFile(), Map.of("rows", rows));
        Files.writeString(folder.resolve(NAME + ".md"), table());
    }

    private String table() {
        StringBuilder table = new StringBuilder(HEAD.formatted(webCalls, dubboCalls));
        Map<String, Application> applications = new TreeMap<>();
        rows.forEach(row -> applications.put(row.application(), Application.of(row.application())));
        applications.values().forEach(application -> table.append(line(application)));
        return table.toString();
    }

    private String line(Application application) {
        Optional<Row> landfall = row(application, application.lossless());
        Optional<Row> stock = row(application, Mode.STOCK_AT_ITS_BEST);
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        application.kind(),
                        application.platform(),
                        cells(landfall),
                        cells(stock),
                        landfall.flatMap(ours -> stock.map(theirs -> ratio(ours, theirs)))
                                .orElse("–"));
    }

    private Optional<Row> row(Application application, Mode mode) {
        return rows.stream()
                .filter(row -> row.application().equals(application.toString()) && row.mode() == mode)
                .findFirst();
    }

    private static String cells(Optional<Row> measured) {
        return measured.map(row -> String.format(
                        Locale.ROOT,
                        "%d of %,d | %s (%d)",
                        row.lost(),
                        row.calls(),
                        row.medianExitSeconds(),
                        row.exitSeconds().get(row.exitSeconds().size() - 1)))
                .orElse("– | –");
    }

    private static String ratio(Row ours, Row theirs) {
        return String.format(Locale.ROOT, "%.2f", ours.medianExitSeconds() / theirs.medianExitSeconds());
    }

    /**
     * One rolling restart.
     *
     * @param exitSeconds of each pod, from the request to delete it to the end of its container, the shortest first
     * @param podsKilled how many the kubelet had to kill
     */
    record Row(
            String application,
            Mode mode,
            long calls,
            long lost,
            Map<String, Long> lostByType,
            List<Long> exitSeconds,
            double medianExitSeconds,
            long podsKilled,
            double overheadMaxMillis) {

        static Row of(Application application, Mode mode, Totals totals, Collection<PodEnd> ends) {
            List<Long> seconds =
                    ends.stream().map(end -> end.took().toSeconds()).sorted().toList();
            return new Row(
                    application.toString(),
                    mode,
                    totals.calls(),
                    totals.lost(),
                    totals.lostByType(),
                    seconds,
                    median(seconds),
                    ends.stream().filter(end -> end.exitCode() == 137).count(),
                    totals.maxOverheadMillis());
        }

        private static double median(List<Long> sorted) {
            int middle = sorted.size() / 2;
            if (sorted.isEmpty()) {
                return 0;
            }
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
        }
    }
}
