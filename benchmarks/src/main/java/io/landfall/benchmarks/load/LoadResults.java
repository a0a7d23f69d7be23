package io.landfall.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What all loads took, and whether the promise is kept. */
record LoadResults(int keys, Map<Way, List<Sample>> samples) {

    private static final String NAME = "snapshot-load";

    private static final List<Way> PEERS = List.of(Way.CONFIGTREE, Way.APOLLO_CACHE);

    /**
     * Beyond Boot's own part a snapshot takes at most this part of the other import's time. Promised was this part of the faster peer's
     * whole time, which no import can keep: Boot's own part alone is more.
     */
    private static final double PROMISED = 0.5;

    /**
     * One load.
     *
     * @param loadMicros until the application has started
     * @param readMicros until each key has been read once, too
     * @param heapKib what is on the heap then, after two collections
     */
    record Sample(long loadMicros, long readMicros, long heapKib) {

        static Sample parse(String line) {
            String[] numbers = line.trim().split(" ", -1);
            return new Sample(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
        }
    }

    /** What the keys add to an application that has none. */
    double added(Way way, ToLongFunction<Sample> what) {
        return median(way, what) - median(Way.NONE, what);
    }

    private double median(Way way, ToLongFunction<Sample> what) {
        List<Long> sorted = samples.getOrDefault(way, List.of()).stream()
                .map(what::applyAsLong)
                .sorted()
                .toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    /** What a way adds beside what the faster peer adds. */
    double ratio(Way way, ToLongFunction<Sample> what) {
        double faster = PEERS.stream()
                .map(peer -> added(peer, what))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return added(way, what) / faster;
    }

    /** The same beyond Boot's own part, beside the peer that is an import too. */
    double ratioOfImports(ToLongFunction<Sample> what) {
        return (added(Way.SNAPSHOT, what) - added(Way.HELD, what))
                / (added(Way.CONFIGTREE, what) - added(Way.HELD, what));
    }

    boolean kept() {
        return ratioOfImports(Sample::readMicros) <= PROMISED;
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                # %,d keys into Spring's Environment

                Written by `mvn -B -ntp -Pbenchmarks`. A Spring Boot application that has nothing else starts in a JVM of its own (%s, %d cores),
                the ways in turns; medians. *start*: until the context is there; *and read*: until each key has been read once from the
                Environment, which is when `configtree:` opens its files. *heap*: what stays, after two collections. *added*: more than without
                any keys. *held*: an import with nothing to do, whose keys are in memory before the application starts; what it adds is
                what Boot itself takes for the keys of any import. Apollo's client has its cache of names on, and is no import: its keys stand
                above the system properties, and before all that Boot does for names. Promised: a snapshot adds at most %.1f of what the faster
                peer adds to start and read.

                | from | starts | start ms | and read ms | heap KiB | added ms | and read | heap KiB |
                |---|--:|--:|--:|--:|--:|--:|--:|
                """,
                keys,
                "JDK " + Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                PROMISED));
        samples.forEach((way, all) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %,.0f | %.1f | %.1f | %,.0f |%n",
                way.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                all.size(),
                median(way, Sample::loadMicros) / 1000,
                median(way, Sample::readMicros) / 1000,
                median(way, Sample::heapKib),
                added(way, Sample::loadMicros) / 1000,
                added(way, Sample::readMicros) / 1000,
                added(way, Sample::heapKib))));
        text.append(String.format(
                Locale.ROOT,
                """

                Of what the faster peer adds, the snapshot adds %.2f, and Boot's own part alone is %.2f. Without reading: %.2f and %.2f; of
                the smaller heap: %.2f and %.2f.

                Beyond Boot's own part, the snapshot adds %.2f of what `configtree:` adds there, at most %.1f: %s
                """,
                ratio(Way.SNAPSHOT, Sample::readMicros),
                ratio(Way.HELD, Sample::readMicros),
                ratio(Way.SNAPSHOT, Sample::loadMicros),
                ratio(Way.HELD, Sample::loadMicros),
                ratio(Way.SNAPSHOT, Sample::heapKib),
                ratio(Way.HELD, Sample::heapKib),
                ratioOfImports(Sample::readMicros),
                PROMISED,
                kept() ? "kept." : "BROKEN."));
        return text.toString();
    }

    String json() {
        String ways = samples.entrySet().stream()
                .map(e -> "    \"" + e.getKey() + "\": ["
                        + e.getValue().stream()
                                .map(s -> "[" + s.loadMicros() + ", " + s.readMicros() + ", " + s.heapKib() + "]")
                                .collect(Collectors.joining(", "))
                        + "]")
                .collect(Collectors.joining(",\n"));
        return "{\n  \"keys\": " + keys + ",\n  \"samples\": {\n" + ways + "\n  }\n}\n";
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(NAME + ".md"), markdown());
        Files.writeString(folder.resolve(NAME + ".json"), json());
    }
}
