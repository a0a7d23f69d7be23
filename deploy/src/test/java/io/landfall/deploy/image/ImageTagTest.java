package io.landfall.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTagTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @CsvSource({
        "main, main-20261123-4",
        "feature/login, feature-login-20261123-4",
        "JIRA-12_x.y, JIRA-12_x.y-20261123-4",
        "-a, a-20261123-4",
        "订单, branch-20261123-4",
        "release/2026-, release-2026-20261123-4"
    })
    void shouldMakeATagOfABranch(String branch, String tag) {
        assertThat(ImageTag.of(branch, DAY, 4)).hasToString(tag);
        assertThat(ImageTag.parse(tag)).contains(ImageTag.of(branch, DAY, 4));
    }

    @Test
    void shouldCutALongBranch() {
        ImageTag tag = ImageTag.of("feature/" + "x".repeat(300), DAY, 123);

        assertThat(tag.text()).hasSize(128).endsWith("-20261123-123");
        assertThat(ImageTag.parse(tag.text())).contains(tag);
    }

    @Test
    void shouldReadABranchThatLooksLikeATag() {
        assertThat(ImageTag.parse("main-20261122-3-20261123-4")).contains(new ImageTag("main-20261122-3", DAY, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "1.4.2",
                "main-20261323-1",
                "main-20260230-1",
                "main-20261123-01",
                "-20261123-1",
                "main-2026-1"
            })
    void shouldNotTakeOtherTagsForOurs(String tag) {
        assertThat(ImageTag.parse(tag)).isEmpty();
    }

    @Test
    void shouldRefuseWhatMakesNoTag() {
        assertThatThrownBy(() -> new ImageTag("a/b", DAY, 1)).hasMessageContaining("'a/b-20261123-1' is no tag");
        assertThatThrownBy(() -> ImageTag.of("main", DAY, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "orders, orders, , ",
        "registry:5000/shop/orders:1.4.2, registry:5000/shop/orders, 1.4.2, ",
        "localhost/a__b:x, localhost/a__b, x, "
    })
    void shouldReadImages(String text, String repository, String tag) {
        ImageReference image = ImageReference.parse(text);

        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.tag().orElse(null)).isEqualTo(tag);
        assertThat(image).hasToString(text);
    }

    @Test
    void shouldReadDigests() {
        String text = "registry.example.com/orders:1@sha256:" + "0a".repeat(32);

        assertThat(ImageReference.parse(text).digest()).contains("sha256:" + "0a".repeat(32));
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "a//b", "a:", "a@sha256:1", "a b", "-a", "a/b:-x"})
    void shouldRefuseWhatIsNoImage(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .hasMessageStartingWith("'" + text + "' is no image such as");
    }

    @Test
    void shouldTraceAnImageToItsCommit() {
        ImageTrace trace = ImageTrace.of("a/orders:main-20261123-4", Map.of("landfall.io/commit", "0123abc"));

        assertThat(trace.commit()).contains("0123abc");
        assertThat(trace.tag()).contains(new ImageTag("main", DAY, 4));
        assertThat(ImageTrace.of("a/orders:1.4", Map.of()).tag()).isEmpty();
        assertThat(ImageTrace.of("No Image", Map.of()).commit()).isEmpty();
    }
}
