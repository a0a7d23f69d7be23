package io.landfall.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Snapshot SNAPSHOT = Snapshot.builder(ID)
            .file(SnapshotFile.of("a", "1"))
            .file(SnapshotFile.of("b", "2").withSecretKeys(List.of("k")))
            .file(SnapshotFile.of("c", ""))
            .build();

    @ParameterizedTest
    @CsvSource({
        "a.yaml, A.YAML",
        "straße, STRASSE",
        "é, e\u0301",
        "dir/é, DIR/E\u0301",
        "\u0390, \u1FD3",
        "a, a/b",
        "A, a/b/c",
        "x/é, x/e\u0301/c"
    })
    void shouldRefuseNamesThatSomeFileSystemTakesForOne(String one, String other) {
        Snapshot.Builder builder =
                Snapshot.builder(ID).file(SnapshotFile.of(one, "1")).file(SnapshotFile.of(other, "2"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("collides with");
    }

    @Test
    void shouldTakeNamesThatDiffer() {
        Snapshot snapshot = Snapshot.builder(ID)
                .file(SnapshotFile.of("a", ""))
                .file(SnapshotFile.of("ab/c", ""))
                .file(SnapshotFile.of("a.b", ""))
                .file(SnapshotFile.of("d/a", ""))
                .build();

        assertThat(snapshot.files()).extracting(f -> f.name().path()).containsExactly("a", "a.b", "ab/c", "d/a");
        assertThat(snapshot.file("../a")).isEmpty();
        assertThat(snapshot.file("d/a")).isPresent();
        assertThat(snapshot.file("d")).isEmpty();
    }

    @Test
    void shouldNameAllCollisionsAtOnceAndTheSameEachTime() {
        Snapshot.Builder builder = Snapshot.builder(ID);
        List.of("a", "a", "b/c", "B", "A").forEach(path -> builder.file(SnapshotFile.of(path, "")));

        List<Violation> first = violations(builder::build);

        assertThat(first).extracting(Violation::place).containsExactly("a", "a", "b/c");
        assertThat(violations(builder::build)).isEqualTo(first);
    }

    @Test
    void shouldVerifyWhatItWasMadeOf() {
        Snapshot read = Snapshot.verified(SNAPSHOT.manifest(), contents());

        assertThat(read).isEqualTo(SNAPSHOT).hasSameHashCodeAs(SNAPSHOT);
        assertThat(read.files()).containsExactlyElementsOf(SNAPSHOT.files());
        assertThat(read.file("b").orElseThrow().secret("k")).isTrue();
    }

    @Test
    void shouldNameAllThatIsWrongAtOnce() {
        Map<FileName, byte[]> contents = contents();
        contents.remove(new FileName("a"));
        contents.put(new FileName("b"), "3".getBytes(UTF_8));
        contents.put(new FileName("z"), new byte[0]);
        contents.put(new FileName("d"), new byte[0]);

        assertThat(violations(() -> Snapshot.verified(SNAPSHOT.manifest(), contents)))
                .extracting(v -> v.place() + ": " + v.problem())
                .containsExactly(
                        "a: it is missing",
                        "b: it is not what the manifest says",
                        "d: the manifest does not name it",
                        "z: the manifest does not name it");
    }

    @Test
    void shouldRefuseManifestThatNamesAFileTwice() {
        Manifest once = SNAPSHOT.manifest();
        List<Manifest.Entry> entries = new ArrayList<>(once.files());
        entries.add(entries.get(0));
        Manifest twice = new Manifest(ID, once.created(), "", "", once.source(), entries);

        assertThat(violations(() -> Snapshot.verified(twice, contents())))
                .extracting(Violation::problem)
                .containsExactly("the manifest names it twice");
    }

    @Test
    void shouldRefuseFileOfAnotherSize() {
        Manifest manifest = SNAPSHOT.manifest();
        Manifest.Entry a = manifest.files().get(0);
        Manifest longer = new Manifest(
                ID,
                manifest.created(),
                "",
                "",
                manifest.source(),
                List.of(new Manifest.Entry(a.name(), a.size() + 1, a.sha256(), a.secretKeys())));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshot.verified(longer, Map.of(a.name(), "1".getBytes(UTF_8))));
    }

    @Test
    void shouldBeTheSameForTheSameFilesWhoeverPublishesThem() {
        Snapshot later = Snapshot.builder(ID.hot(1))
                .author("li")
                .comment("again")
                .created(SNAPSHOT.manifest().created().plusSeconds(9))
                .files(SNAPSHOT.files())
                .build();

        assertThat(later.sameContent(SNAPSHOT)).isTrue();
        assertThat(later).isNotEqualTo(SNAPSHOT);
    }

    @Test
    void shouldCollectViolationsInItsMessage() {
        SnapshotException e = new SnapshotException(
                "Snapshot orders 1",
                List.of(new Violation("a:1", "it is odd", "even it"), new Violation("b", "p", "r")));

        assertThat(e).hasMessage("Snapshot orders 1 is refused:\n  - a:1: it is odd; even it\n  - b: p; r");
        assertThat(new UnavailableException("Apollo", new Violation("a", "no answer in 5 s", "look"), null))
                .hasMessage("Apollo cannot be reached:\n  - a: no answer in 5 s; look");
    }

    @Test
    void shouldSayHowMuchItIsAndNeverWhat() {
        assertThat(SNAPSHOT.toString()).matches("orders 1\\.4\\.2 \\(3 files, 2 bytes, [0-9a-f]{12}\\)");
        assertThat(SNAPSHOT.size()).isEqualTo(2);
    }

    private static Map<FileName, byte[]> contents() {
        Map<FileName, byte[]> contents = new HashMap<>();
        SNAPSHOT.files().forEach(f -> contents.put(f.name(), f.content()));
        return contents;
    }

    private static List<Violation> violations(Runnable work) {
        return catchThrowableOfType(SnapshotException.class, work::run).violations();
    }
}
