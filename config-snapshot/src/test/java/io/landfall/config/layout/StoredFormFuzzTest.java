package io.landfall.config.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.landfall.config.FileName;
import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Whatever a store has is refused, or it is the one form in which that snapshot is stored. */
class StoredFormFuzzTest {

    private static final Pattern PART = Pattern.compile(".*_p[0-9]{4}");

    @FuzzTest
    void shouldReadWhatIsWrittenAndNothingElse(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            changedFiles(data);
        } else {
            manifest(data.consumeRemainingAsBytes());
        }
    }

    /** A manifest of any bytes, with the right digest where it has one, and with its files, all empty. */
    private static void manifest(byte[] bytes) {
        SortedMap<String, byte[]> stored = new TreeMap<>();
        stored.put(StoredForm.MANIFEST, bytes);
        stored.put(StoredForm.DIGEST, "0".repeat(64).getBytes(US_ASCII));
        try {
            Manifest manifest = ManifestJson.read(bytes);
            stored.put(StoredForm.DIGEST, manifest.digest().getBytes(US_ASCII));
            manifest.files().forEach(f -> stored.put(f.name().key(), new byte[0]));
        } catch (SnapshotException e) {
            assertThat(e.violations()).isNotEmpty();
        }
        readOrRefuse(stored);
    }

    /** Any files, and then changes of what is stored. */
    private static void changedFiles(FuzzedDataProvider data) {
        Snapshot snapshot;
        try {
            snapshot = snapshot(data);
        } catch (SnapshotException e) {
            assertThat(e.violations()).isNotEmpty();
            return;
        }
        SortedMap<String, byte[]> stored = new TreeMap<>(StoredForm.of(snapshot).data());
        assertThat(StoredForm.read(snapshot.id(), stored)).isEqualTo(snapshot);
        int changes = data.consumeInt(1, 3);
        for (int i = 0; i < changes && !stored.isEmpty(); i++) {
            change(stored, data);
        }
        readOrRefuse(stored);
    }

    private static Snapshot snapshot(FuzzedDataProvider data) {
        Snapshot.Builder builder = Snapshot.builder(SnapshotId.of("a", "1"))
                .author(data.consumeString(4))
                .comment(data.consumeString(4));
        int files = data.consumeInt(0, 4);
        for (int i = 0; i < files; i++) {
            String path = data.consumeString(16);
            if (FileName.problem(path).isEmpty()) {
                SnapshotFile file = SnapshotFile.of(new FileName(path), data.consumeBytes(16));
                builder.file(data.consumeBoolean() ? file.withSecretKeys(List.of(data.consumeString(4))) : file);
            }
        }
        return builder.build();
    }

    private static void change(SortedMap<String, byte[]> stored, FuzzedDataProvider data) {
        String key = data.pickValue(new ArrayList<>(stored.keySet()));
        byte[] bytes = stored.getOrDefault(key, new byte[0]);
        int middle = data.consumeInt(0, bytes.length);
        switch (data.consumeInt(0, 4)) {
            case 0 -> stored.remove(key);
            case 1 -> stored.put(key, data.consumeBytes(16));
            case 2 -> stored.put(data.consumeString(16), bytes);
            case 3 -> stored.put(key + "_p" + data.pickValue(List.of("0000", "0001", "0002")), data.consumeBytes(4));
            default -> {
                stored.remove(key);
                stored.put(key + "_p0001", Arrays.copyOf(bytes, middle));
                stored.put(key + "_p0002", Arrays.copyOfRange(bytes, middle, bytes.length));
            }
        }
    }

    private static void readOrRefuse(SortedMap<String, byte[]> stored) {
        Snapshot snapshot;
        try {
            snapshot = StoredForm.read(stored);
        } catch (SnapshotException e) {
            assertThat(e.violations()).isNotEmpty();
            return;
        }
        SortedMap<String, byte[]> again = StoredForm.of(snapshot).data();
        if (stored.keySet().stream().anyMatch(key -> PART.matcher(key).matches())) {
            // Where a file is cut is not a part of the format.
            assertThat(StoredForm.read(again)).isEqualTo(snapshot);
        } else {
            assertThat(again.keySet()).isEqualTo(stored.keySet());
            again.forEach((key, bytes) -> assertThat(bytes).isEqualTo(stored.get(key)));
        }
    }
}
