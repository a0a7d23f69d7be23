package io.landfall.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.e2e.cluster.PodEnd;
import io.landfall.e2e.field.DrainLog;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What the rolling restarts of one run came to, in a file for people and machines. */
final class RestartReport {

    private final List<Run> runs = new ArrayList<>();

    void add(Run run) {
        runs.add(run);
    }

    void write(Path file) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("calls", sum(RestartReport::isLossless, Run::calls));
        figures.put("lost", sum(RestartReport::isLossless, Run::lost));
        figures.put("stockCalls", sum(RestartReport::isStock, Run::calls));
        figures.put("stockLost", sum(RestartReport::isStock, Run::lost));
        if (runs.stream().anyMatch(RestartReport::hasStockTripleConsumers)) {
            figures.put("stockTripleConsumersCalls", sum(RestartReport::hasStockTripleConsumers, Run::calls));
            figures.put("stockTripleConsumersLost", sum(RestartReport::hasStockTripleConsumers, Run::lost));
        }
        figures.put("maxDrainSeconds", max(RestartReport::isLossless));
        figures.put("stockMaxDrainSeconds", max(RestartReport::isStock));
        figures.put(
                "drainIs",
                "from the request to delete a pod to the end of its container, as Kubernetes records them, in whole"
                        + " seconds; maxDrainLogMillis: from SIGTERM to the end of Dubbo's shutdown, by the pod's log");
        figures.put("runs", runs);
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
    }

    private static boolean isLossless(Run run) {
        return run.mode() == Mode.losslessOver(run.protocol());
    }

    private static boolean isStock(Run run) {
        return run.mode() == Mode.STOCK;
    }

    private static boolean hasStockTripleConsumers(Run run) {
        return run.mode() == Mode.LANDFALL && run.protocol().equals("tri");
    }

    private long sum(Predicate<Run> which, ToLongFunction<Run> figure) {
        return runs.stream().filter(which).mapToLong(figure).sum();
    }

    private long max(Predicate<Run> which) {
        return runs.stream().filter(which).mapToLong(Run::maxDrainSeconds).max().orElse(0);
    }

    /**
     * The restarts in one field.
     *
     * @param restarts how often all pods were replaced
     * @param podsEnded how many pods ended in them
     * @param podsKilled how many of those the kubelet had to kill
     * @param overheadMaxMillis the longest that an answered call took beyond the work it asked for
     */
    record Run(
            Mode mode,
            String protocol,
            int restarts,
            long calls,
            long lost,
            Map<String, Long> lostByType,
            Map<String, Long> answersByProvider,
            int podsEnded,
            long podsKilled,
            long maxDrainSeconds,
            long maxDrainLogMillis,
            double overheadMaxMillis) {

        static Run of(
                Mode mode, String protocol, int restarts, Totals totals, List<PodEnd> ends, List<DrainLog> drains) {
            return new Run(
                    mode,
                    protocol,
                    restarts,
                    totals.calls(),
                    totals.lost(),
                    totals.lostByType(),
                    totals.answersByProvider(),
                    ends.size(),
                    ends.stream().filter(end -> end.exitCode() == 137).count(),
                    ends.stream().mapToLong(end -> end.took().toSeconds()).max().orElse(0),
                    drains.stream().mapToLong(DrainLog::totalMillis).max().orElse(0),
                    totals.maxOverheadMillis());
        }
    }
}
