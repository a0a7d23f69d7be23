package io.landfall.config.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.ByteFlips;
import io.landfall.config.FileName;
import io.landfall.config.SnapshotException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is not as it was written. */
class DamagedFormTest {

    @Test
    void shouldRefuseEveryFlippedBit() {
        ByteFlips.shouldAllBeRefused(StoredForm.of(StoredFormTest.SMALL).data());
    }

    @Test
    void shouldRefuseFlippedBitsOfParts() {
        Map<String, byte[]> data = StoredForm.of(StoredFormTest.of(1024 * 1024)).data();

        ByteFlips.of(data)
                .filter(f -> f.key().startsWith("f_p"))
                .filter(f -> f.at() % 16 == 0)
                .forEach(f -> f.shouldBeRefused(() -> StoredForm.read(f.in(data))));
    }

    @Test
    void shouldNameEveryMissingKey() {
        Map<String, byte[]> all = StoredForm.of(StoredFormTest.SMALL).data();

        for (String key : all.keySet()) {
            Map<String, byte[]> data = new HashMap<>(all);
            data.remove(key);
            String named =
                    key.startsWith("manifest.") ? key : FileName.ofKey(key).path();
            assertRefused(data, named + ": it is missing");
        }
    }

    @Test
    void shouldNameFileWhosePartsAreMissing() {
        Map<String, byte[]> all =
                StoredForm.of(StoredFormTest.of(3 * 1024 * 1024)).data();

        assertRefused(without(all, "f_p0001"), "f: part 1 of it is missing");
        assertRefused(without(all, "f_p0002"), "f: part 2 of it is missing");
        assertRefused(without(all, "f_p0004"), "f: it is not what the manifest says");
    }

    @Test
    void shouldRefuseKeysTooMany() {
        Map<String, byte[]> small = StoredForm.of(StoredFormTest.SMALL).data();
        Map<String, byte[]> large =
                StoredForm.of(StoredFormTest.of(1024 * 1024)).data();

        assertRefused(with(small, "other.txt", ""), "other.txt: the manifest does not name it");
        assertRefused(with(small, "empty.txt_p0001", ""), "empty.txt: it is there as a whole, and in parts too");
        assertRefused(with(small, "empty.txt_p0000", ""), "empty.txt_p0000: it is no key of a file");
        assertRefused(with(small, "db_2fpool", ""), "db_2fpool: it is no key of a file");
        assertRefused(with(small, "._2E", ""), "._2E: it is no key of a file");
        assertRefused(with(large, "f_p0003", ""), "f: part 3 of it is missing");
        assertRefused(with(large, "f", ""), "f: it is there as a whole, and in parts too");
    }

    @Test
    void shouldRefuseSinglePart() {
        Map<String, byte[]> data =
                new HashMap<>(StoredForm.of(StoredFormTest.SMALL).data());
        data.put("application.yaml_p0001", "a: 1\n".getBytes(StandardCharsets.UTF_8));
        data.remove("application.yaml");

        assertRefused(data, "application.yaml: part 2 of it is missing");
    }

    @Test
    void shouldNameAllThatIsDamagedAtOnce() {
        Map<String, byte[]> data = with(StoredForm.of(StoredFormTest.SMALL).data(), "application.yaml", "a: 2\n");

        assertRefused(
                with(without(data, "secret.json"), "more.txt", ""),
                "application.yaml: it is not what the manifest says");
        assertRefused(with(without(data, "secret.json"), "more.txt", ""), "secret.json: it is missing");
        assertRefused(with(without(data, "secret.json"), "more.txt", ""), "more.txt: the manifest does not name it");
    }

    @Test
    void shouldRefuseAnotherSnapshot() {
        Map<String, byte[]> data = StoredForm.of(StoredFormTest.SMALL).data();

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> StoredForm.read(StoredFormTest.ID.hot(1), data))
                .withMessageContaining("this is the snapshot orders 1.4.2");
    }

    @Test
    void shouldNeverSayASecret() {
        Map<String, byte[]> data =
                with(StoredForm.of(StoredFormTest.SMALL).data(), "secret.json", "{\"a\": \"hunter2\"}");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> StoredForm.read(data))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
    }

    private static Map<String, byte[]> with(Map<String, byte[]> data, String key, String text) {
        Map<String, byte[]> changed = new HashMap<>(data);
        changed.put(key, text.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    private static Map<String, byte[]> without(Map<String, byte[]> data, String key) {
        Map<String, byte[]> changed = new HashMap<>(data);
        changed.remove(key);
        return changed;
    }

    private static void assertRefused(Map<String, byte[]> data, String reason) {
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> StoredForm.read(data))
                .withMessageContaining(reason);
    }
}
