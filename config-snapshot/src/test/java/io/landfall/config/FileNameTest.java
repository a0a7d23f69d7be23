package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.landfall.config.layout.StoredForm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    /** No report could have the characters. */
    private static final String NUMBER = "{index}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.yaml",
                "db/pool.properties",
                ".env",
                "a.",
                "配置.json",
                "a b",
                "_",
                "a_p0001",
                "😀",
                "-",
                "~",
                "a/.b/c",
                "a...b"
            })
    void shouldComeBackFromItsKey(String path) {
        FileName name = new FileName(path);

        assertThat(name.key()).matches("[-._a-zA-Z0-9]{1,240}");
        assertThat(FileName.ofKey(name.key())).isEqualTo(name);
        assertThat(name).hasToString(path);
    }

    @ParameterizedTest(name = NUMBER)
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/./b",
                "..data",
                "a/..b",
                "...",
                "a\\b",
                "C:a",
                "a\u0000b",
                "a\nb",
                "a\u0085b",
                " a",
                "a ",
                "a/ b",
                "a /b",
                "\ta",
                "\u3000a"
            })
    void shouldRefuseWhatIsNoFile(String path) {
        assertThat(FileName.problem(path)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new FileName(path));
    }

    @Test
    void shouldRefuseHalfACharacter() {
        for (String path : List.of("a\uD83D", "\uDE00a", "\uDE00\uD83D")) {
            assertThat(FileName.problem(path))
                    .hasValueSatisfying(p -> assertThat(p).contains("half a character"));
        }
    }

    @Test
    void shouldStayBelowItsDirectory() {
        Path directory = Path.of("/etc/landfall/config");

        for (String path : List.of("a", "a/b", ".a/b", "a/.b./c", "~/a")) {
            Path resolved = directory.resolve(new FileName(path).path());
            assertThat(resolved).isEqualTo(resolved.normalize());
            assertThat(resolved.startsWith(directory)).isTrue();
        }
    }

    @Test
    void shouldBeNoLongerThanAKeyMayBe() {
        assertThat(new FileName("a".repeat(240)).key()).hasSize(240);
        assertThat(new FileName("配".repeat(26)).key()).hasSize(234);

        assertThat(FileName.problem("a".repeat(241)))
                .hasValueSatisfying(p -> assertThat(p).contains("too long"));
        assertThat(FileName.problem("配".repeat(27)))
                .hasValueSatisfying(p -> assertThat(p).contains("too long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.sha256", "manifest.json/a", "manifest."})
    void shouldLeaveTheReservedKeysAlone(String path) {
        FileName name = new FileName(path);

        assertThat(name.key()).isNotIn(StoredForm.MANIFEST, StoredForm.DIGEST).startsWith("_6Danifest.");
        assertThat(FileName.ofKey(name.key())).isEqualTo(name);
    }

    @Test
    void shouldStoreFilesThatAreCalledLikeTheManifest() {
        Snapshot snapshot = Snapshot.builder(SnapshotId.of("orders", "1"))
                .file(SnapshotFile.of("manifest.json", "{}"))
                .file(SnapshotFile.of("manifest.sha256", "0000"))
                .build();

        assertThat(StoredForm.read(StoredForm.of(snapshot).data())).isEqualTo(snapshot);
    }

    @ParameterizedTest(name = NUMBER)
    @ValueSource(
            strings = {
                "",
                "manifest.json",
                "manifest.sha256",
                "a b",
                "a/b",
                "_",
                "_4",
                "a_4",
                "_61",
                "_c3_a9",
                "_FF",
                "_+1",
                "_-1",
                "_2E_2E",
                "..a",
                "_00",
                "a_p0001",
                "é",
                "_C0_AF",
                "\uD83D",
                "_\uFF11\uFF11"
            })
    void shouldRefuseWhatIsNoKey(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> FileName.ofKey(key));
    }

    @Test
    void shouldHaveOneKeyForEachName() {
        List<String> paths =
                List.of("a/b", "a_2Fb", "a_b", "a-b", "a.b", "a b", "A/b", "a_5Fb", "é", "e\u0301", "_C3_A9");

        assertThat(paths.stream().map(p -> new FileName(p).key())).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotForgeLogLinesWithWhatItRefuses() {
        assertThat(FileName.problem("a\r\nERROR\u0085b\u001B[2J").orElseThrow()).doesNotContainPattern("\\p{Cc}");
        assertThat(FileName.problem("/" + "a".repeat(10_000)).orElseThrow()).hasSizeLessThan(400);
    }
}
