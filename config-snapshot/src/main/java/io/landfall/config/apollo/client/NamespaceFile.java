package io.landfall.config.apollo.client;

import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import java.util.Locale;
import java.util.Optional;

/**
 * The file of a snapshot that is a namespace.
 *
 * @param path its name, which ends in its format
 * @param format what it is written in
 */
record NamespaceFile(String path, ConfigFileFormat format) {

    /** A namespace without a format at its end is one of properties, as Apollo has it. */
    static NamespaceFile of(String namespace) {
        String lower = namespace.toLowerCase(Locale.ROOT);
        for (ConfigFileFormat format : ConfigFileFormat.values()) {
            if (lower.endsWith("." + format.getValue())) {
                return new NamespaceFile(namespace, format);
            }
        }
        return new NamespaceFile(namespace + ".properties", ConfigFileFormat.Properties);
    }

    /** The same namespace of another application; Apollo names its own files of them so. */
    NamespaceFile ofApplication(String appId) {
        return new NamespaceFile(appId + "+" + path, format);
    }

    /** Capitals do not matter to Apollo's server either, and a snapshot has no two names that differ in them alone. */
    Optional<SnapshotFile> in(Snapshot snapshot) {
        return snapshot.file(path).or(() -> snapshot.files().stream()
                .filter(f -> f.name().path().equalsIgnoreCase(path))
                .findFirst());
    }
}
