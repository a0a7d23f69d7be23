package io.landfall.config.apollo;

import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the config service has of a namespace.
 *
 * @param asked for
 * @param cluster which has it: the asked one, or the default one if that has none
 * @param configurations in the order of the answer
 * @param key identifies the release; of a namespace that adds to a public one, both joined by {@code +}
 */
record Release(Namespace asked, String cluster, Map<String, String> configurations, String key) {

    private static final String CONTENT = "content";

    /** What it is in Apollo. */
    Namespace origin() {
        return new Namespace(cluster, asked.name());
    }

    /** Whether another application's public namespace is in it. */
    boolean merged() {
        return key.contains("+");
    }

    /**
     * As a file.
     *
     * @param comments of its keys
     * @throws SnapshotException if it is no file
     */
    SnapshotFile file(String place, Map<String, String> comments) {
        if (asked.properties()) {
            return SnapshotFile.of(asked.file(), PropertiesText.of(configurations, comments));
        }
        String content = configurations.get(CONTENT);
        if (content == null || configurations.size() > 1) {
            throw refused(place, "it is no text: it must have the one key " + CONTENT, "edit and release it again");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(content)) {
            throw refused(place, "it has half a character in it", "edit and release it again");
        }
        return SnapshotFile.of(asked.file(), content);
    }

    private static SnapshotException refused(String place, String problem, String remedy) {
        return new SnapshotException("Apollo", List.of(new Violation(place, problem, remedy)));
    }

    /** Never what it has. */
    @Override
    public String toString() {
        return asked + " " + key;
    }
}
