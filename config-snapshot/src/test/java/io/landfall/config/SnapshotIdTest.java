package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.landfall.config.layout.StoredForm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "1.4.2", "2026-11-22.3", "1.4.2.h3", "1.4.2.h999999", "h1", "1.4.2-h3", "config", "1-config"
            })
    void shouldReadWhatItWrites(String revision) {
        SnapshotId id = SnapshotId.of("orders", revision);

        assertThat(id.revision()).isEqualTo(revision);
        assertThat(id).hasToString("orders " + revision);
        assertThat(id.isHot()).isEqualTo(revision.contains(".h"));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", "-a", "a-", "a--b", "A", "a.b", "a_b", "a/b", "..", "名", "a\n"})
    void shouldRefuseNamesOfApplications(String app) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotId.of(app, "1"))
                .withMessageContaining("no name of an application");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", ".1", "1.", "1..2", "1--2", "1.-2", "1-.2", "V1", "1_2", "1/2", "1+2", "1\n", ".h1"})
    void shouldRefuseVersions(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotId.of("orders", version))
                .withMessageContaining("no version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.h0", "1.h01", "1.h1000000", "1.h1.h2"})
    void shouldRefuseWhatLooksLikeHotRevision(String revision) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotId.of("orders", revision))
                .withMessageContaining("ends like a hot revision");
    }

    @Test
    void shouldHaveLimits() {
        assertThat(new SnapshotId("a".repeat(63), "1".repeat(50), 999_999)
                        .base()
                        .hot(1)
                        .hot())
                .isEqualTo(1);

        assertThatIllegalArgumentException().isThrownBy(() -> SnapshotId.of("a".repeat(64), "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> SnapshotId.of("a", "1".repeat(51)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotId("a", "1", 1_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotId("a", "1", -1));
    }

    @Test
    void shouldFitIntoNamesOfKubernetes() {
        SnapshotId longest = new SnapshotId("a".repeat(63), "1".repeat(50), 999_999);

        assertThat(StoredForm.nameOf(longest) + "--01234567-secret-9999").hasSizeLessThan(253);
        assertThat(longest.revision()).as("a label").hasSizeLessThan(63);
    }

    /** Application a, version b-config-1, is the object of application a-config-b, version 1. */
    @ParameterizedTest
    @ValueSource(strings = {"b-config-1", "config-1", "1.2-config-3"})
    void shouldRefuseVersionThatMakesNamesAmbiguous(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotId.of("a", version))
                .withMessageContaining("config-");
    }

    @Test
    void shouldGiveEachSnapshotItsOwnName() {
        List<String> words =
                List.of("a", "config", "a-config", "config-a", "a-config-a", "config-config", "1.config-1");
        List<String> names = words.stream()
                .flatMap(app -> words.stream().flatMap(version -> named(app, version)))
                .toList();

        assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    }

    private static Stream<String> named(String app, String version) {
        try {
            return Stream.of(StoredForm.nameOf(SnapshotId.of(app, version)));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    @Test
    void shouldSortHotRevisionsByNumber() {
        assertThat(Stream.of("2", "1.h10", "1.h9", "1")
                        .map(r -> SnapshotId.of("a", r))
                        .sorted())
                .extracting(SnapshotId::revision)
                .containsExactly("1", "1.h9", "1.h10", "2");
    }

    @Test
    void shouldKnowItsVersion() {
        SnapshotId hot = SnapshotId.of("a", "1.h3");

        assertThat(hot.base()).isEqualTo(SnapshotId.of("a", "1"));
        assertThat(hot.base().base()).isEqualTo(hot.base());
        assertThat(hot.hot(0)).isEqualTo(hot.base());
    }
}
