package io.landfall.config.spring;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All documents of a revision, whether they are active or not. Immutable. */
final class Documents {

    private static final List<String> ENDS = List.of("properties", "yml", "yaml", "json");

    private final Snapshot snapshot;
    private final List<Document> all;

    private Documents(Snapshot snapshot, List<Document> all) {
        this.snapshot = snapshot;
        this.all = all;
    }

    /** @throws SnapshotException for files that cannot be read, and for what documents must not have: everything at once */
    static Documents of(Snapshot snapshot) {
        List<Violation> violations = new ArrayList<>();
        List<Document> all = new ArrayList<>();
        for (SnapshotFile file : snapshot.files()) {
            try {
                all.addAll(new DocumentReader(snapshot.id(), file).read());
            } catch (SnapshotException e) {
                violations.addAll(e.violations());
            }
        }
        all.stream().filter(Document::conditional).forEach(d -> misplaced(d, violations));
        oneImport(all, violations);
        if (!violations.isEmpty()) {
            throw new SnapshotException("Snapshot " + snapshot.id(), violations);
        }
        return new Documents(snapshot, List.copyOf(all));
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The highest first. */
    List<Document> active(Activation activation) {
        List<Document> active =
                new ArrayList<>(all.stream().filter(d -> d.active(activation)).toList());
        active.sort(highestFirst(activation));
        return active;
    }

    /** Whether it depends on profiles or the platform what counts. */
    boolean conditional() {
        return all.stream().anyMatch(Document::conditional);
    }

    /** What Boot looks at when it starts, and never again. */
    Map<String, Object> startOnly() {
        Map<String, Object> found = new TreeMap<>();
        for (Document document : all) {
            document.startOnly()
                    .forEach((key, value) ->
                            found.put(document.file().name() + "#" + document.position() + ":" + key, value));
        }
        return found;
    }

    private static Comparator<Document> highestFirst(Activation activation) {
        return Comparator.<Document>comparingInt(d -> -rank(d, activation))
                .thenComparing(d -> d.ofApplication() || d.profileOfFile() != null
                        ? ""
                        : d.file().name().path())
                .thenComparingInt(d -> ENDS.indexOf(end(d)))
                .thenComparingInt(d -> -d.position());
    }

    /** Profiles above the application's own, and those above all others. */
    private static int rank(Document document, Activation activation) {
        String profile = document.profileOfFile();
        if (profile != null) {
            return 1 + activation.rank(profile);
        }
        return document.ofApplication() ? 0 : -1;
    }

    private static String end(Document document) {
        String path = document.file().name().path();
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Boot refuses profiles there too; imports would be too late. */
    private static void misplaced(Document document, List<Violation> violations) {
        document.startOnly()
                .keySet()
                .forEach(key -> violations.add(new Violation(
                        place(document, key),
                        key + " is in a part that only some profiles or platforms read",
                        "move it to application.properties or application.yaml, before any condition")));
    }

    private static void oneImport(List<Document> all, List<Violation> violations) {
        List<Document> importing = all.stream()
                .filter(d -> !d.conditional() && importKey(d).isPresent())
                .toList();
        importing.stream()
                .skip(1)
                .forEach(d -> violations.add(new Violation(
                        place(d, importKey(d).orElseThrow()),
                        "spring.config.import is in " + importing.get(0).file().name() + " too",
                        "import everything in one place")));
    }

    private static Optional<String> importKey(Document document) {
        return document.startOnly().keySet().stream()
                .filter(key -> key.startsWith("spring.config.import"))
                .findFirst();
    }

    private static String place(Document document, String key) {
        return String.valueOf(document.origin(key));
    }
}
