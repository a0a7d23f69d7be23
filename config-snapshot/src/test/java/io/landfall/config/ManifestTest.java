package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.landfall.config.layout.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Instant CREATED = Instant.parse("2026-11-22T10:15:30Z");
    private static final Manifest.Entry FILE = new Manifest.Entry(new FileName("a"), 1, "0a", keys("k"));
    private static final Manifest MANIFEST = manifest(ID, CREATED, "li", "why", Map.of("s", "1"), FILE);

    @Test
    void shouldHaveAnotherDigestForEveryField() {
        List<Manifest> others = List.of(
                MANIFEST,
                manifest(SnapshotId.of("order", "1.4.2"), CREATED, "li", "why", Map.of("s", "1"), FILE),
                manifest(SnapshotId.of("orders", "1.4.3"), CREATED, "li", "why", Map.of("s", "1"), FILE),
                manifest(ID.hot(1), CREATED, "li", "why", Map.of("s", "1"), FILE),
                manifest(ID, CREATED.plusSeconds(1), "li", "why", Map.of("s", "1"), FILE),
                manifest(ID, CREATED, "liw", "hy", Map.of("s", "1"), FILE),
                manifest(ID, CREATED, "li", "why?", Map.of("s", "1"), FILE),
                manifest(ID, CREATED, "li", "why", Map.of("s1", ""), FILE),
                manifest(ID, CREATED, "li", "why", Map.of("s", "2"), FILE),
                manifest(ID, CREATED, "li", "why", Map.of(), FILE),
                manifest(ID, CREATED, "li", "why", Map.of("s", "1")));

        assertThat(Stream.concat(others.stream(), otherFiles().map(ManifestTest::with))
                        .map(Manifest::digest))
                .hasSize(16)
                .doesNotHaveDuplicates()
                .allMatch(d -> d.matches("[0-9a-f]{64}"));
    }

    private static Manifest with(Manifest.Entry file) {
        return manifest(ID, CREATED, "li", "why", Map.of("s", "1"), file);
    }

    private static Stream<Manifest.Entry> otherFiles() {
        FileName name = FILE.name();
        return Stream.of(
                new Manifest.Entry(new FileName("b"), 1, "0a", keys("k")),
                new Manifest.Entry(name, 2, "0a", keys("k")),
                new Manifest.Entry(name, 1, "0b", keys("k")),
                new Manifest.Entry(name, 1, "0a", keys()),
                new Manifest.Entry(name, 1, "0a", keys("k", "l")));
    }

    @Test
    void shouldHaveAContentDigestOfItsFilesAlone() {
        Manifest other = manifest(ID.hot(3), Instant.EPOCH, "wang", "else", Map.of(), FILE);

        assertThat(other.contentDigest()).isEqualTo(MANIFEST.contentDigest());
        assertThat(Stream.concat(Stream.of(FILE), otherFiles())
                        .map(ManifestTest::with)
                        .map(Manifest::contentDigest))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldSayTheContentDigestOfFilesBeforeThereIsAManifest() {
        List<SnapshotFile> files = List.of(SnapshotFile.of("b", "2"), SnapshotFile.of("a", "1"));

        assertThat(Manifest.contentDigest(files))
                .isEqualTo(Snapshot.builder(ID).files(files).build().manifest().contentDigest());
    }

    /** Stored snapshots have it: another algorithm is another format. */
    @Test
    void shouldKeepItsDigest() {
        assertThat(MANIFEST.digest()).isEqualTo("5f2a3e967384eebd3b3eb758b15a0ebe7ecc4def3a59752ba2c0adac0f1516fb");
        assertThat(MANIFEST.contentDigest())
                .isEqualTo("175eb50212d4a841aae69801e374563a3a4364d03d16d11189c4268c6d9f3cdf");
    }

    @Test
    void shouldSortAlsoWhatHasAnOrderOfItsOwn() {
        TreeMap<String, String> source = new TreeMap<>(Comparator.reverseOrder());
        source.putAll(Map.of("a", "1", "b", "2"));
        SortedSet<String> secrets = new TreeSet<>(Comparator.reverseOrder());
        secrets.addAll(List.of("a", "b"));
        Manifest.Entry entry = new Manifest.Entry(FILE.name(), 1, "0a", secrets);
        List<Manifest.Entry> files = new ArrayList<>(List.of(MANIFEST.files().get(0)));
        Manifest manifest = new Manifest(ID, CREATED.plusMillis(999), "", "", source, files);

        files.clear();
        source.clear();

        assertThat(manifest.source()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(entry.secretKeys()).containsExactly("a", "b");
        assertThat(manifest.created()).isEqualTo(CREATED);
        assertThat(manifest.files()).containsExactly(FILE);
    }

    @Test
    void shouldRefuseHalfACharacter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manifest(ID, CREATED, "\uD83D", "why", Map.of()))
                .withMessageContaining("the author");
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(ID, CREATED, "li", "\uDE00", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manifest(ID, CREATED, "li", "", Map.of("\uD83D", "\uDE00")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Manifest.Entry(FILE.name(), 1, "0a", keys("pass\uD83D")))
                .withMessageNotContaining("pass");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Snapshot.builder(ID).comment("\uD83D").build())
                .withMessageContaining("half a character");
    }

    @Test
    void shouldStoreEveryWholeCharacter() {
        Snapshot snapshot = Snapshot.builder(ID)
                .author("李\u0000\u2028\uFFFF")
                .comment("\"\\\n\t😀")
                .source(Map.of("", "\u0001"))
                .build();

        assertThat(StoredForm.read(StoredForm.of(snapshot).data())).isEqualTo(snapshot);
    }

    private static Manifest manifest(
            SnapshotId id,
            Instant created,
            String author,
            String comment,
            Map<String, String> source,
            Manifest.Entry... files) {
        return new Manifest(id, created, author, comment, new TreeMap<>(source), List.of(files));
    }

    private static SortedSet<String> keys(String... keys) {
        return new TreeSet<>(List.of(keys));
    }
}
