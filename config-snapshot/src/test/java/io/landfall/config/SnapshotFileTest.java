package io.landfall.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotFileTest {

    private static final FileName NAME = new FileName("a.txt");

    @Test
    void shouldNotChangeWithItsBytes() {
        byte[] bytes = {1, 2, 3};
        SnapshotFile file = SnapshotFile.of(NAME, bytes);

        bytes[0] = 9;
        file.content()[0] = 9;

        assertThat(file.content()).containsExactly(1, 2, 3);
        ByteBuffer buffer = file.buffer();
        assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> buffer.put((byte) 9));
    }

    @Test
    void shouldNotChangeWithItsSecretKeys() {
        List<String> keys = new ArrayList<>(List.of("b", "a"));
        SnapshotFile file = SnapshotFile.of("a.yaml", "a: 1").withSecretKeys(keys);

        keys.clear();

        assertThat(file.secretKeys()).containsExactly("a", "b");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> file.secretKeys().clear());
    }

    @Test
    void shouldReadItsTextWithoutByteOrderMark() throws Exception {
        SnapshotFile file = SnapshotFile.of("a.txt", "\uFEFF值\uFEFF");

        assertThat(file.text()).isEqualTo("值\uFEFF");
        assertThat(file.content()).isEqualTo("\uFEFF值\uFEFF".getBytes(UTF_8));
        assertThat(file.open().readAllBytes()).isEqualTo(file.content());
        assertThat(SnapshotFile.of("empty", "").text()).isEmpty();
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        SnapshotFile file = SnapshotFile.of(NAME, new byte[] {'p', 'w', (byte) 0xFF});

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(file::text)
                .withMessageContaining("a.txt: it is not UTF-8")
                .withMessageNotContaining("pw");
    }

    @Test
    void shouldNameItsBytes() {
        assertThat(SnapshotFile.of(NAME, new byte[0]).sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void shouldHideSecretsAndWhatIsInThem() {
        SnapshotFile file = SnapshotFile.of("a.yaml", "").withSecretKeys(List.of("db", "list.password"));

        assertThat(List.of("db", "db.password", "db[0].user", "list.password")).allMatch(file::secret);
        assertThat(List.of("dbs", "list", "list.passwords", "d")).noneMatch(file::secret);
        assertThat(file.withSecretKeys(List.of(SnapshotFile.WHOLE)).secret("anything"))
                .isTrue();
        assertThat(file.withSecretKeys(List.of()).secret()).isFalse();
    }

    @Test
    void shouldNeverShowItsContent() {
        assertThat(SnapshotFile.of("a.txt", "hunter2")).hasToString("a.txt (7 bytes)");
    }

    @Test
    void shouldBeTheSameByNameBytesAndSecrets() {
        SnapshotFile file = SnapshotFile.of("a", "1");

        assertThat(file).isEqualTo(SnapshotFile.of("a", "1")).hasSameHashCodeAs(SnapshotFile.of("a", "1"));
        assertThat(file)
                .isNotEqualTo(SnapshotFile.of("b", "1"))
                .isNotEqualTo(SnapshotFile.of("a", "2"))
                .isNotEqualTo(file.withSecretKeys(List.of("a")));
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, PROPERTIES",
        "A.YML, YAML",
        "a.yaml, YAML",
        ".json, JSON",
        "a.b.xml, XML",
        "a.txt, TXT",
        "json, TXT",
        "a.yaml/readme, TXT",
        "a., TXT"
    })
    void shouldKnowFormatByName(String path, FileFormat format) {
        assertThat(SnapshotFile.of(path, "").format()).isEqualTo(format);
    }
}
