package io.landfall.config.diff;

import io.landfall.config.FileName;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is different between two snapshots. Shows no value of a key that is secret in either of them. Immutable.
 *
 * @param before what the first is called; empty: there was none
 * @param after what the second is called
 * @param files those that are different, by name
 */
public record SnapshotDiff(Optional<String> before, String after, List<FileDiff> files) {

    /** Copies. */
    public SnapshotDiff {
        files = List.copyOf(files);
    }

    /**
     * Compares.
     *
     * @param before empty: everything is new
     */
    public static SnapshotDiff between(Optional<Snapshot> before, Snapshot after) {
        TreeSet<FileName> names = new TreeSet<>();
        after.files().forEach(f -> names.add(f.name()));
        before.ifPresent(s -> s.files().forEach(f -> names.add(f.name())));
        List<FileDiff> files = new ArrayList<>();
        for (FileName name : names) {
            Optional<SnapshotFile> old = before.flatMap(s -> s.file(name));
            Optional<SnapshotFile> now = after.file(name);
            if (!old.equals(now)) {
                files.add(new FilePair(name, old, now).diff());
            }
        }
        return new SnapshotDiff(before.map(s -> s.id().toString()), after.id().toString(), files);
    }

    /** Whether no file is different. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** A line for each file: what became of it, and how many lines came and went. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        for (FileDiff file : files) {
            text.append(String.format("%-8s%s +%d -%d", kind(file), file.name(), file.added(), file.removed()));
            text.append(file.remark().isEmpty() ? "\n" : " (" + file.remark() + ")\n");
        }
        return text.toString();
    }

    /** A unified diff, with remarks where its lines do not show everything. Ends with a line break unless it is empty. */
    public String render() {
        StringBuilder text = new StringBuilder();
        files.forEach(f -> render(f, text));
        return text.toString();
    }

    private static void render(FileDiff file, StringBuilder text) {
        boolean added = file.kind() == FileDiff.Kind.ADDED;
        boolean removed = file.kind() == FileDiff.Kind.REMOVED;
        text.append("--- ").append(added ? "/dev/null" : "a/" + file.name()).append('\n');
        text.append("+++ ").append(removed ? "/dev/null" : "b/" + file.name()).append('\n');
        if (!file.remark().isEmpty()) {
            text.append("# ")
                    .append(kind(file))
                    .append(": ")
                    .append(file.remark())
                    .append('\n');
        }
        file.lines().forEach(l -> text.append(l).append('\n'));
    }

    private static String kind(FileDiff file) {
        return file.kind().name().toLowerCase(Locale.ROOT);
    }
}
