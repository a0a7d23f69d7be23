package io.landfall.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Loads 10,000 keys from a snapshot and from what there is beside it; fails when a promise is broken. */
public final class Loads {

    private static final int KEYS = 10_000;
    private static final int ROUNDS = 15;
    private static final long LONGEST_MINUTES = 1;

    private Loads() {}

    /** The folder for the results. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LoadResults results = measure(KEYS, ROUNDS);
        results.writeTo(Path.of(arguments[0]));
        System.out.println(results.markdown());
        if (!results.kept()) {
            System.exit(1);
        }
    }

    static LoadResults measure(int keys, int rounds) throws IOException, InterruptedException {
        Map<Way, Path> folders = new EnumMap<>(Way.class);
        Map<Way, List<LoadResults.Sample>> samples = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            Path folder = Files.createTempDirectory("landfall-load");
            way.write(Keys.all(keys), folder);
            folders.put(way, folder);
            samples.put(way, new ArrayList<>());
        }
        // The first round fills the machine's caches.
        round(folders, keys);
        for (int i = 0; i < rounds; i++) {
            round(folders, keys)
                    .forEach((way, sample) -> samples.computeIfPresent(way, (w, all) -> {
                        all.add(sample);
                        return all;
                    }));
        }
        return new LoadResults(keys, samples);
    }

    private static Map<Way, LoadResults.Sample> round(Map<Way, Path> folders, int keys)
            throws IOException, InterruptedException {
        Map<Way, LoadResults.Sample> round = new EnumMap<>(Way.class);
        for (Map.Entry<Way, Path> folder : folders.entrySet()) {
            round.put(folder.getKey(), load(folder.getKey(), folder.getValue(), keys));
        }
        return round;
    }

    private static LoadResults.Sample load(Way way, Path folder, int keys) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadOnce.class.getName(),
                        way.name(),
                        folder.toString(),
                        String.valueOf(keys))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(way + " did not load: " + output);
        }
        return LoadResults.Sample.parse(output.lines().reduce("", (first, last) -> last));
    }
}
