package io.landfall.config.diff;

import io.landfall.config.FileFormat;
import io.landfall.config.SnapshotFile;
import io.landfall.config.validation.FileKeys;
import io.landfall.config.validation.KeyLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Two files with secrets as lines of keys and values. What is secret in one of them is masked in both. */
record MaskedKeys(List<String> before, List<String> after) {

    private static final String MASK = "******";
    private static final Set<FileFormat> FORMATS = Set.of(FileFormat.PROPERTIES, FileFormat.YAML, FileFormat.JSON);

    /** Empty: not every secret can be told from the rest, so nothing may be shown. */
    static Optional<MaskedKeys> of(Optional<SnapshotFile> before, Optional<SnapshotFile> after) {
        Optional<List<KeyLine>> old = before.isEmpty() ? Optional.of(List.of()) : keys(before.get());
        Optional<List<KeyLine>> now = after.isEmpty() ? Optional.of(List.of()) : keys(after.get());
        if (old.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        Set<String> secretKeys = new TreeSet<>();
        before.ifPresent(f -> secretKeys.addAll(f.secretKeys()));
        after.ifPresent(f -> secretKeys.addAll(f.secretKeys()));
        Secrets secrets = Secrets.in(secretKeys, List.of(old.get(), now.get()));
        return Optional.of(new MaskedKeys(
                old.get().stream().map(k -> line(k, secrets, "")).toList(), changed(old.get(), now.get(), secrets)));
    }

    private static Optional<List<KeyLine>> keys(SnapshotFile file) {
        if (file.secretKeys().contains(SnapshotFile.WHOLE) || !FORMATS.contains(file.format())) {
            return Optional.empty();
        }
        FileKeys keys = FileKeys.of(file);
        boolean found = file.secretKeys().stream()
                .allMatch(secret -> keys.keys().stream().anyMatch(k -> Secrets.covers(secret, k.key())));
        return keys.wellFormed() && found ? Optional.of(keys.keys()) : Optional.empty();
    }

    /** Two masks look the same, so a secret that is other than before says so. */
    private static List<String> changed(List<KeyLine> old, List<KeyLine> now, Secrets secrets) {
        Map<String, List<String>> values = new HashMap<>();
        old.forEach(
                k -> values.computeIfAbsent(k.key(), key -> new ArrayList<>()).add(k.value()));
        Map<String, Integer> seen = new HashMap<>();
        return now.stream()
                .map(k -> {
                    List<String> before = values.getOrDefault(k.key(), List.of());
                    // Several documents may have the same key.
                    int which = seen.merge(k.key(), 1, Integer::sum) - 1;
                    boolean same = which >= before.size() || before.get(which).equals(k.value());
                    return line(k, secrets, same ? "" : " (changed)");
                })
                .toList();
    }

    private static String line(KeyLine key, Secrets secrets, String change) {
        return Printable.of(key.key()) + " = " + (secrets.hides(key) ? MASK + change : Printable.of(key.value()));
    }
}
