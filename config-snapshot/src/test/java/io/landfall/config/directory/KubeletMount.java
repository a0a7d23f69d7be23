package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Writes a mounted ConfigMap in the kubelet's order (its AtomicWriter): a new directory, the swap of {@code ..data}, the links, the end of the old. */
final class KubeletMount {

    private static final int SWAPS = 300;

    private final Path mount;
    private int writes;

    KubeletMount(Path mount) throws IOException {
        this.mount = Files.createDirectories(mount);
    }

    Path path() {
        return mount;
    }

    void write(Map<String, byte[]> keys) {
        try {
            Path data = mount.resolve("..data");
            Optional<Path> old = Files.exists(data) ? Optional.of(data.toRealPath()) : Optional.empty();
            Path made = Files.createDirectory(mount.resolve("..2026_02_03_04_05_06." + ++writes));
            for (Map.Entry<String, byte[]> key : keys.entrySet()) {
                Files.write(made.resolve(key.getKey()), key.getValue());
            }
            Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), made.getFileName());
            Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
            link(keys);
            if (old.isPresent()) {
                remove(old.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads again and again, while the one state and the other take turns; returns how often it could. */
    int whileItSwaps(Map<String, byte[]> one, Map<String, byte[]> other, Runnable reading) throws Exception {
        write(one);
        ExecutorService kubelet = Executors.newSingleThreadExecutor();
        try {
            Future<?> swaps = kubelet.submit(() -> {
                for (int i = 0; i < SWAPS; i++) {
                    write(i % 2 == 0 ? other : one);
                }
            });
            int readings = 0;
            while (!swaps.isDone()) {
                try {
                    reading.run();
                    readings++;
                } catch (UnavailableException e) {
                    // Swaps without a pause can outrun a reader; it may give up, but not mix.
                    assertThat(e).hasMessageContaining("it changes while it is read");
                }
            }
            swaps.get(1, TimeUnit.MINUTES);
            return readings;
        } finally {
            kubelet.shutdownNow();
        }
    }

    private void link(Map<String, byte[]> keys) throws IOException {
        for (String key : keys.keySet()) {
            if (!Files.isSymbolicLink(mount.resolve(key))) {
                Files.createSymbolicLink(mount.resolve(key), Path.of("..data", key));
            }
        }
        for (Path there : list(mount)) {
            String name = String.valueOf(there.getFileName());
            if (!name.startsWith("..") && !keys.containsKey(name)) {
                Files.delete(there);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        for (Path file : list(directory)) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new ArrayList<>(all.toList());
        }
    }
}
