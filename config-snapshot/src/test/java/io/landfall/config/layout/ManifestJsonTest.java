package io.landfall.config.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.FileName;
import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

    private static final String JSON = """
            {
              "format": 1,
              "app": "orders",
              "revision": "1.4.2.h3",
              "created": "2026-02-03T04:05:06Z",
              "author": "林",
              "comment": "more \\"pools\\"\\nand less",
              "source": {
                "application": "r1",
                "db": "r2"
              },
              "files": [
                {
                  "name": "a.txt",
                  "size": 1,
                  "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
                  "secretKeys": [
                    "x",
                    "y"
                  ]
                },
                {
                  "name": "数据/b.txt",
                  "size": 0,
                  "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "secretKeys": [ ]
                }
              ]
            }""";

    private static final Manifest MANIFEST = Snapshot.builder(SnapshotId.of("orders", "1.4.2.h3"))
            .created(Instant.parse("2026-02-03T04:05:06Z"))
            .author("林")
            .comment("more \"pools\"\nand less")
            .source(Map.of("db", "r2", "application", "r1"))
            .file(SnapshotFile.of("数据/b.txt", ""))
            .file(SnapshotFile.of("a.txt", "a").withSecretKeys(List.of("y", "x")))
            .build()
            .manifest();

    @Test
    void shouldWriteTheseBytes() {
        assertThat(new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8))
                .isEqualTo(JSON);
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(ManifestJson.read(bytes(JSON))).isEqualTo(MANIFEST);
    }

    @Test
    void shouldReadManifestOfNothing() {
        Manifest empty = Snapshot.builder(SnapshotId.of("a", "1")).build().manifest();

        assertThat(ManifestJson.read(ManifestJson.write(empty))).isEqualTo(empty);
    }

    @Test
    void shouldSayThatANewerFormatNeedsANewerLandfall() {
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> ManifestJson.read(bytes(JSON.replace("\"format\": 1", "\"format\": 2"))))
                .withMessageContaining("its format is 2, and this Landfall reads 1")
                .withMessageContaining("use a newer Landfall");
    }

    /** The same manifest for every reader of JSON, in other bytes; or not even that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "app": "orders"    | "app":"orders"
                    "app": "orders"    | "app": "\\u006frders"
                    "app": "orders",   | "app": "orders", "app": "orders",
                    "app": "orders",   | "app": "other", "app": "orders",
                    "app": "orders",   | "app": "orders", "more": 1,
                    "app": "orders",   | ''
                    "app": "orders",   | "app": null,
                    "app": "orders"    | "app": "Orders"
                    "format": 1,       | ''
                    "format": 1        | "format": 1.0
                    "format": 1        | "format": "1"
                    "format": 1        | "format": 4294967297
                    "format": 1        | "format": 18446744073709551617
                    "application": "r1"| "application": "r0", "application": "r1"
                    "application": "r1"| "zone": "r1"
                    "application": "r1"| "application": {}
                    04:05:06Z          | 04:05:06.000Z
                    04:05:06Z          | 04:05:06.5Z
                    04:05:06Z          | 25:05:06Z
                    04:05:06Z          | 04:05:06+00:00
                    1.4.2.h3           | 1..4
                    "size": 1          | "size": 01
                    "size": 1          | "size": 1e0
                    "size": 1          | "size": 99999999999999999999
                    "name": "a.txt"    | "name": "../a.txt"
                    "name": "a.txt"    | "name": "数据/c.txt"
                    "x"                | "x", "x"
                    "x"                | "z"
                    "x"                | ["x"]
                    [ ]                | []
                    林                 | \\u6797
                    """)
    void shouldRefuseOtherBytes(String part, String other) {
        String changed = JSON.replace(part, other);

        assertThat(changed).isNotEqualTo(JSON);
        assertRefused(bytes(changed));
    }

    @Test
    void shouldRefuseFieldsInAnotherOrder() {
        assertRefused(bytes(JSON.replace("  \"app\": \"orders\",\n", "")
                .replace("  \"created\"", "  \"app\": \"orders\",\n  \"created\"")));
    }

    @Test
    void shouldRefuseTwoFilesOfOneName() {
        assertThat(JSON).contains("数据/b.txt");
        Manifest twice = ManifestJson.read(bytes(JSON.replace("数据/b.txt", "a.txt")));
        byte[] a = bytes("a");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshot.verified(twice, Map.of(new FileName("a.txt"), a)))
                .withMessageContaining("a.txt: the manifest names it twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "{}", "{", "\"\"", "1", "\u0000", "{\"format\": 1}", "not json"})
    void shouldRefuseWhatIsNoManifest(String text) {
        assertRefused(bytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "{}", "]", "x", "\u0000"})
    void shouldRefuseWhatFollows(String text) {
        assertRefused(bytes(JSON + text));
    }

    @Test
    void shouldRefuseEveryBeginning() {
        byte[] all = bytes(JSON);

        for (int length = 0; length < all.length; length++) {
            assertRefused(Arrays.copyOf(all, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "GBK"})
    void shouldRefuseOtherEncodings(Charset charset) {
        assertRefused(JSON.getBytes(charset));
    }

    @Test
    void shouldRefuseByteOrderMark() {
        assertRefused(bytes("\uFEFF" + JSON));
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertRefused(bytes("{\"format\": ".repeat(100_000)));
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> ManifestJson.read(bytes))
                .withMessageContaining("manifest.json: ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
