package io.landfall.config.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.landfall.config.FileName;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm.StoredObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredFormTest {

    static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");

    static final Snapshot SMALL = Snapshot.builder(ID)
            .created(Instant.parse("2026-02-03T04:05:06Z"))
            .author("lin")
            .comment("more pools")
            .source(Map.of("application", "20260203040506-0a1b"))
            .file(SnapshotFile.of("application.yaml", "a: 1\n"))
            .file(SnapshotFile.of("db/pool.properties", "size=10\n"))
            .file(SnapshotFile.of("empty.txt", ""))
            .file(SnapshotFile.of("secret.json", "{\"a\": 1}").withSecretKeys(List.of("a")))
            .build();

    @Test
    void shouldReadWhatItTookApart() {
        Snapshot read = StoredForm.read(ID, StoredForm.of(SMALL).data());

        assertThat(read).isEqualTo(SMALL);
        assertThat(read.files()).containsExactlyElementsOf(SMALL.files());
    }

    @Test
    void shouldFitTwentyMebibytesIntoObjects() {
        Snapshot large = large();
        StoredForm form = StoredForm.of(large);

        assertThat(form.objects()).hasSizeGreaterThan(20).allSatisfy(o -> assertThat(sizeOf(o))
                .isLessThanOrEqualTo(900 * 1024));
        assertThat(form.data())
                .containsKeys("large.bin_p0001", "large.bin_p0004")
                .doesNotContainKey("large.bin");
        Snapshot read = StoredForm.read(ID, form.data());
        assertThat(read).isEqualTo(large);
        assertThat(read.files()).containsExactlyElementsOf(large.files());
    }

    @Test
    void shouldHaveEachKeyInOneObject() {
        Set<String> keys = new HashSet<>();
        for (StoredObject object : StoredForm.of(large()).objects()) {
            assertThat(object.data().keySet()).allSatisfy(k -> {
                assertThat(keys.add(k)).as("%s is there once", k).isTrue();
                assertThat(k).matches("[-._a-zA-Z0-9]{1,253}");
            });
        }
    }

    @Test
    void shouldBeginWithTheManifest() {
        StoredForm form = StoredForm.of(large());

        assertThat(form.first().name()).isEqualTo("orders-config-1.4.2");
        assertThat(form.first().data()).containsKeys("manifest.json", "manifest.sha256");
        assertThat(form.others()).hasSize(form.objects().size() - 1).noneMatch(o -> o.data()
                .containsKey("manifest.json"));
    }

    @Test
    void shouldNameObjectsByTheirContent() {
        Snapshot other = Snapshot.builder(ID)
                .files(large().files())
                .file(SnapshotFile.of("more.txt", ""))
                .build();

        assertThat(namesOf(StoredForm.of(large()).others()))
                .allMatch(n -> n.matches("orders-config-1\\.4\\.2--[0-9a-f]{8}-(secret-)?[0-9]+"))
                .doesNotContainAnyElementsOf(namesOf(StoredForm.of(other).others()));
    }

    @Test
    void shouldPackTheSameContentAlike() {
        Snapshot later = Snapshot.builder(ID)
                .created(Instant.EPOCH.plusSeconds(1))
                .author("wang")
                .files(large().files())
                .build();
        List<StoredObject> first = StoredForm.of(large()).others();
        List<StoredObject> second = StoredForm.of(later).others();

        assertThat(namesOf(second)).isEqualTo(namesOf(first));
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).data())
                    .containsExactlyEntriesOf(first.get(i).data());
        }
    }

    @Test
    void shouldKeepSecretsInObjectsOfTheirOwn() {
        List<StoredObject> secret = StoredForm.of(SMALL).objects().stream()
                .filter(StoredObject::secret)
                .toList();

        assertThat(secret).hasSize(1);
        assertThat(secret.get(0).data()).containsOnlyKeys("secret.json");
        assertThat(secret.get(0).name()).contains("-secret-1");
    }

    @Test
    void shouldPutAFileIntoOneKeyAsLongAsItFits() {
        int fits = StoredForm.LARGEST_OBJECT - "f_p0000".length();

        assertThat(StoredForm.of(of(fits)).data()).containsKey("f").doesNotContainKey("f_p0001");
        assertThat(StoredForm.of(of(fits + 1)).data())
                .containsKeys("f_p0001", "f_p0002")
                .doesNotContainKeys("f", "f_p0003");
        assertThat(StoredForm.of(of(2 * fits)).data()).doesNotContainKey("f_p0003");
        assertThat(StoredForm.read(StoredForm.of(of(fits + 1)).data())).isEqualTo(of(fits + 1));
    }

    @Test
    void shouldRefuseManifestThatFitsNoObject() {
        Snapshot.Builder many = Snapshot.builder(ID);
        for (int i = 0; i < 6000; i++) {
            many.file(SnapshotFile.of("a-name-that-is-rather-long-for-a-file-in-a-directory/" + i, ""));
        }

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> StoredForm.of(many.build()))
                .withMessageContaining("manifest.json: the manifest is larger than an object may be");
    }

    private static Snapshot large() {
        Random random = new Random(7);
        Snapshot.Builder large = Snapshot.builder(ID);
        large.file(SnapshotFile.of(new FileName("large.bin"), bytes(random, 3 * 1024 * 1024)));
        int rest = 17 * 1024 * 1024 / 39;
        for (int i = 1; i < 40; i++) {
            SnapshotFile file = SnapshotFile.of(new FileName("dir/file-" + i + ".bin"), bytes(random, rest + i));
            large.file(i % 10 == 0 ? file.withSecretKeys(List.of(SnapshotFile.WHOLE)) : file);
        }
        return large.build();
    }

    static Snapshot of(int size) {
        return Snapshot.builder(ID)
                .file(SnapshotFile.of(new FileName("f"), bytes(new Random(size), size)))
                .build();
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long sizeOf(StoredObject object) {
        return object.data().entrySet().stream()
                .mapToLong(e -> e.getKey().length() + e.getValue().length)
                .sum();
    }

    private static List<String> namesOf(List<StoredObject> objects) {
        return objects.stream().map(StoredObject::name).toList();
    }
}
