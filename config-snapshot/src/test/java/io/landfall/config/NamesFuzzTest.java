package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.landfall.config.layout.StoredForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** One text as each of the names that come from outside. */
class NamesFuzzTest {

    private static final Path DIRECTORY = Path.of("/etc/landfall/config");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,240}");
    private static final Pattern OBJECT =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @FuzzTest
    void shouldRefuseOrGiveBack(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();

        Optional<String> problem = FileName.problem(text);
        if (problem.isPresent()) {
            assertThat(problem.get()).doesNotContainPattern("\\p{Cc}");
            assertThatIllegalArgumentException().isThrownBy(() -> new FileName(text));
        } else {
            tryPath(new FileName(text));
        }
        tryKey(text);
        tryRevision(text);
        tryApp(text);
    }

    private static void tryPath(FileName name) {
        assertThat(name.key())
                .matches(KEY)
                .isNotIn(StoredForm.MANIFEST, StoredForm.DIGEST)
                .doesNotStartWith("..");
        assertThat(FileName.ofKey(name.key())).isEqualTo(name);
        // Which others a path may have depends on the locale of the JVM.
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(name.path())) {
            Path resolved = DIRECTORY.resolve(name.path());
            assertThat(resolved).isEqualTo(resolved.normalize()).isNotEqualTo(DIRECTORY);
            assertThat(resolved.startsWith(DIRECTORY)).isTrue();
            assertThat(resolved).hasToString(DIRECTORY + "/" + name);
        }
    }

    private static void tryKey(String key) {
        try {
            assertThat(FileName.ofKey(key).key()).isEqualTo(key);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void tryRevision(String revision) {
        try {
            SnapshotId id = SnapshotId.of("a", revision);
            assertThat(id.revision()).isEqualTo(revision);
            assertThat(StoredForm.nameOf(id)).matches(OBJECT);
            assertThat(id.revision().lastIndexOf("-config-"))
                    .as("beside that of the object")
                    .isNegative();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void tryApp(String app) {
        try {
            assertThat(StoredForm.nameOf(SnapshotId.of(app, "1")))
                    .isEqualTo(app + "-config-1")
                    .matches(OBJECT);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
