package io.landfall.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What was promised of counting calls, and whether these measurements keep it: at most half of what the bulkhead costs in
 * the same run, and no allocation.
 *
 * @param rows ours beside the peer, one for each number of threads
 */
record Verdict(List<Row> rows) {

    /** At most this share of the bulkhead's time. */
    static final double HIGHEST_RATIO = 0.5;
    /** What the profiler itself adds stays below this. */
    static final double MOST_BYTES = 0.01;

    static final String OURS = "inFlight";
    static final String PEER = "bulkhead";

    Verdict {
        rows = List.copyOf(rows);
    }

    /** Puts ours beside the peer's. */
    static Verdict of(List<Measurement> measurements) {
        return new Verdict(measurements.stream()
                .filter(ours -> ours.name().equals(OURS))
                .map(ours -> new Row(ours, peerOf(ours, measurements)))
                .toList());
    }

    private static Measurement peerOf(Measurement ours, List<Measurement> measurements) {
        return measurements.stream()
                .filter(peer -> peer.name().equals(PEER) && peer.threads() == ours.threads())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the bulkhead was not measured with " + ours.threads() + " threads"));
    }

    /** What is broken, in one sentence each; empty if every promise is kept. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (rows.isEmpty()) {
            broken.add("nothing was measured");
        }
        for (Row row : rows) {
            if (!(row.ratio() <= HIGHEST_RATIO)) {
                broken.add("%d thread(s): InFlight costs %.2f of the bulkhead, more than %.2f"
                        .formatted(row.ours().threads(), row.ratio(), HIGHEST_RATIO));
            }
            if (!(row.ours().bytesPerCall() <= MOST_BYTES)) {
                broken.add("%d thread(s): InFlight allocates %.3f B a call"
                        .formatted(row.ours().threads(), row.ours().bytesPerCall()));
            }
        }
        return broken;
    }

    /**
     * Ours beside the peer.
     *
     * @param ours InFlight
     * @param peer the bulkhead, with as many threads
     */
    record Row(Measurement ours, Measurement peer) {
        double ratio() {
            return ours.nanosPerCall() / peer.nanosPerCall();
        }
    }
}
