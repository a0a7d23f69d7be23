package io.landfall.config.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import io.landfall.config.FileName;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A file before and after, of which one may be missing. */
record FilePair(FileName name, Optional<SnapshotFile> before, Optional<SnapshotFile> after) {

    private static final int CONTEXT = 3;

    /** Of both files: beyond, nobody reads them, and comparing takes time by the square. */
    private static final int MOST_LINES = 20_000;

    FileDiff diff() {
        boolean secret = before.filter(SnapshotFile::secret).isPresent()
                || after.filter(SnapshotFile::secret).isPresent();
        return secret ? masked() : plain();
    }

    private FileDiff masked() {
        Optional<MaskedKeys> keys = MaskedKeys.of(before, after);
        if (keys.isEmpty()) {
            return remarked("secret, not shown", List.of());
        }
        if (tooLong(keys.get().before(), keys.get().after())) {
            return remarked("too long to show", List.of());
        }
        List<String> lines = hunks(keys.get().before(), keys.get().after());
        boolean silent = lines.isEmpty() && marks().isEmpty();
        return remarked(
                silent ? "only what is around its keys and values is different" : "key by key, secrets are masked",
                lines);
    }

    private FileDiff plain() {
        Optional<List<String>> old = lines(before);
        Optional<List<String>> now = lines(after);
        if (old.isEmpty() || now.isEmpty()) {
            return remarked("no text: " + size(before) + " -> " + size(after), List.of());
        }
        if (tooLong(old.get(), now.get())) {
            return remarked("too long to show: " + size(before) + " -> " + size(after), List.of());
        }
        List<String> lines = hunks(old.get(), now.get());
        boolean silent = lines.isEmpty() && before.isPresent() && after.isPresent();
        return remarked(silent ? "only line ends or a byte order mark are different" : "", lines);
    }

    private FileDiff remarked(String remark, List<String> lines) {
        List<String> remarks = new ArrayList<>(remark.isEmpty() ? List.of() : List.of(remark));
        remarks.addAll(marks());
        return new FileDiff(name, kind(), String.join("; ", remarks), lines);
    }

    private FileDiff.Kind kind() {
        if (before.isEmpty()) {
            return FileDiff.Kind.ADDED;
        }
        return after.isEmpty() ? FileDiff.Kind.REMOVED : FileDiff.Kind.CHANGED;
    }

    /** Which keys became secret, and which are none any more. */
    private List<String> marks() {
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        List<String> marks = new ArrayList<>();
        without(after.get(), before.get()).ifPresent(keys -> marks.add("secret now: " + keys));
        without(before.get(), after.get()).ifPresent(keys -> marks.add("not secret any more: " + keys));
        return marks;
    }

    private static Optional<String> without(SnapshotFile file, SnapshotFile other) {
        SortedSet<String> keys = new TreeSet<>(file.secretKeys());
        keys.removeAll(other.secretKeys());
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(Printable.of(String.join(", ", keys)).replace(SnapshotFile.WHOLE, "all of it"));
    }

    private static boolean tooLong(List<String> old, List<String> now) {
        return old.size() + now.size() > MOST_LINES;
    }

    private static List<String> hunks(List<String> old, List<String> now) {
        Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff("a", "b", old, patch, CONTEXT);
        // Without its two headers.
        return lines.isEmpty() ? lines : oldFirst(lines.subList(2, lines.size()));
    }

    /** The algorithm that needs little space tells what came before what went. */
    private static List<String> oldFirst(List<String> lines) {
        List<String> sorted = new ArrayList<>();
        List<String> came = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("+")) {
                came.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                sorted.addAll(came);
                came.clear();
            }
            sorted.add(line);
        }
        sorted.addAll(came);
        return sorted;
    }

    /** Empty: it is no text. */
    private static Optional<List<String>> lines(Optional<SnapshotFile> file) {
        if (file.isEmpty()) {
            return Optional.of(List.of());
        }
        try {
            String text = file.get().text();
            return text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(text.lines().map(Printable::of).toList());
        } catch (SnapshotException notUtf8) {
            return Optional.empty();
        }
    }

    private static String size(Optional<SnapshotFile> file) {
        return file.map(f -> f.size() + " bytes, sha256 " + f.sha256().substring(0, 12))
                .orElse("none");
    }
}
