package io.landfall.benchmarks.load;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Where an application has the same keys from. */
enum Way {
    /** From nowhere: what the application takes without them. */
    NONE {
        @Override
        void write(Properties keys, Path folder) {}

        @Override
        Map<String, String> settings(Path folder) {
            return Map.of();
        }
    },
    /** From arrays that are there already: what Boot takes for any import. */
    HELD {
        @Override
        void write(Properties keys, Path folder) throws IOException {
            Files.writeString(folder.resolve("count"), String.valueOf(keys.size()));
        }

        @Override
        Map<String, String> settings(Path folder) throws IOException {
            HeldKeys.hold(Integer.parseInt(Files.readString(folder.resolve("count"))));
            return Map.of("spring.config.import", HeldKeys.PREFIX);
        }
    },
    /** Files as they are mounted, manifest and digest among them; verified when they are loaded. */
    SNAPSHOT {
        @Override
        void write(Properties keys, Path folder) throws IOException {
            Snapshot snapshot = Snapshot.builder(SnapshotId.of(APPLICATION, "1"))
                    .file(SnapshotFile.of("application.properties", text(keys)))
                    .build();
            for (Map.Entry<String, byte[]> file : StoredForm.of(snapshot).data().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        }

        @Override
        Map<String, String> settings(Path folder) {
            return Map.of("spring.config.import", "snapshot:" + folder, "landfall.config.apollo", "false");
        }
    },
    /** A file for each key, as Spring Boot recommends it for mounted ConfigMaps. */
    CONFIGTREE {
        @Override
        void write(Properties keys, Path folder) throws IOException {
            for (String key : keys.stringPropertyNames()) {
                Files.writeString(folder.resolve(key), keys.getProperty(key));
            }
        }

        @Override
        Map<String, String> settings(Path folder) {
            return Map.of("spring.config.import", "configtree:" + folder + "/");
        }
    },
    /** What Apollo's client reads when its servers are not to be asked. */
    APOLLO_CACHE {
        @Override
        void write(Properties keys, Path folder) throws IOException {
            Path cache = Files.createDirectories(folder.resolve(APPLICATION).resolve("config-cache"));
            Files.writeString(cache.resolve(APPLICATION + "+default+application.properties"), text(keys));
        }

        @Override
        Map<String, String> settings(Path folder) {
            return Map.of(
                    "app.id", APPLICATION,
                    "env", "Local",
                    "apollo.cache-dir", folder.toString(),
                    "apollo.bootstrap.enabled", "true",
                    // Its faster way, which is off by default.
                    "apollo.property.names.cache.enable", "true");
        }
    };

    private static final String APPLICATION = "bench";

    /** Puts the keys where they will be loaded from. */
    abstract void write(Properties keys, Path folder) throws IOException;

    /** What tells the application. */
    abstract Map<String, String> settings(Path folder) throws IOException;

    private static String text(Properties keys) {
        StringBuilder text = new StringBuilder();
        keys.stringPropertyNames().stream().sorted().forEach(key -> text.append(key)
                .append('=')
                .append(keys.getProperty(key))
                .append('\n'));
        return text.toString();
    }
}
