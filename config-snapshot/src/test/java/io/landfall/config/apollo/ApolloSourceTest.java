package io.landfall.config.apollo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.ConfigurationSource.Reading;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApolloSourceTest {

    private static final String APP = "orders";
    private static final String YAML = "db:\n  url: jdbc:x # 中\n";

    private ApolloFixture apollo;

    @BeforeEach
    void start() throws IOException {
        apollo = ApolloFixture.start()
                .application(APP, "Orders")
                .item(APP, "default", "application", "timeout", "3000", "in ms")
                .item(APP, "default", "application", "greeting", "你好 ${name}\nline2", "")
                .publish(APP, "default", "application", "r1", "first")
                .item(APP, "default", "db.yaml", "content", YAML, "ignored")
                .publish(APP, "default", "db.yaml", "db1", "");
    }

    @AfterEach
    void close() {
        apollo.close();
    }

    private ApolloSourceBuilder source() {
        return ApolloSource.builder(apollo.configService(), APP)
                .timeout(Duration.ofSeconds(30))
                .firstPause(Duration.ofMillis(10));
    }

    private ApolloSourceBuilder withPortal() {
        return source().openApi(apollo.portal(), ApolloFixture.ENV, ApolloFixture.TOKEN);
    }

    private static String text(Reading reading, String file) {
        return reading.files().stream()
                .filter(f -> f.name().path().equals(file))
                .map(SnapshotFile::text)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldMakeAFileOfEachNamespace() {
        Reading reading = source().namespaces("application", "db.yaml").build().read();

        assertThat(reading.files()).hasSize(2);
        assertThat(text(reading, "application.properties")).isEqualTo("timeout=3000\ngreeting=你好 ${name}\\nline2\n");
        assertThat(text(reading, "db.yaml")).isEqualTo(YAML);
        assertThat(reading.state()).containsOnlyKeys("apollo.default/application", "apollo.default/db.yaml");
        assertThat(reading.state().get("apollo.default/application")).matches("\\d{14}-[0-9a-f]{16}");
        assertThat(source().namespaces("application", "db.yaml").build().read()).isEqualTo(reading);
    }

    @Test
    void shouldReadApplicationUnlessToldOtherwise() {
        assertThat(source().build().read().files())
                .extracting(f -> f.name().path())
                .containsExactly("application.properties");
        assertThat(source().namespaces("application.properties").build().read().files())
                .extracting(f -> f.name().path())
                .containsExactly("application.properties");
    }

    @Test
    void shouldTakeNoGrayRelease() throws Exception {
        apollo.grayRelease(
                APP,
                "default",
                "application",
                Map.of("timeout", "9999"),
                List.of("127.0.0.1", "10.9.9.9"),
                List.of("canary"));

        assertThat(new String(
                        apollo.configService()
                                .resolve("/configs/orders/default/application")
                                .toURL()
                                .openStream()
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .as("what a caller gets who does not say which address it has")
                .contains("9999");
        assertThat(text(source().build().read(), "application.properties")).contains("timeout=3000");
    }

    @Test
    void shouldRefuseAGrayReleaseThatIsForAll() {
        apollo.grayRelease(APP, "default", "application", Map.of("timeout", "9999"), List.of("*"), List.of());

        assertThatThrownBy(() -> source().build().read())
                .isExactlyInstanceOf(SnapshotException.class)
                .hasMessageContaining("orders/default/application at http://127.0.0.1")
                .hasMessageContaining("gray release")
                .hasMessageContaining("release the branch to all, or abandon it");
    }

    @Test
    void shouldWriteCommentsOfItemsThatAreAsReleased() {
        apollo.item(APP, "default", "application", "retries", "2", "how often\nevil=1")
                .publish(APP, "default", "application", "r2", "second")
                .item(APP, "default", "application", "timeout", "1", "edited, and not released")
                .item(APP, "default", "application", "new", "1", "not released")
                .removeItem(APP, "default", "application", "greeting");

        Reading reading =
                withPortal().namespaces("application", "db.yaml").build().read();

        assertThat(text(reading, "application.properties")).isEqualTo("""
                        timeout=3000
                        greeting=你好 ${name}\\nline2
                        # how often
                        # evil=1
                        retries=2
                        """);
        assertThat(text(reading, "db.yaml")).isEqualTo(YAML);
        assertThat(reading.state())
                .containsEntry("apollo.default/application#id", "3")
                .containsEntry("apollo.default/application#name", "r2")
                .containsEntry("apollo.default/application#comment", "second")
                .containsEntry("apollo.default/db.yaml#id", "2");
    }

    @Test
    void shouldReadAllPagesOfItems() {
        for (int i = 0; i < 250; i++) {
            apollo.item(APP, "default", "many", "key" + i, "v", "comment " + i);
        }
        apollo.publish(APP, "default", "many", "r", "");

        String text = text(withPortal().namespaces("many").build().read(), "many.properties");

        assertThat(text.lines()).hasSize(500);
        assertThat(text).startsWith("# comment 0\nkey0=v\n").endsWith("# comment 249\nkey249=v\n");
    }

    @Test
    void shouldTakeTheDefaultClusterForOneWithoutARelease() {
        apollo.item(APP, "gz", "application", "timeout", "1", "far").publish(APP, "gz", "application", "gz1", "");

        Reading reading = withPortal()
                .cluster("gz")
                .namespaces("application", "db.yaml")
                .build()
                .read();

        assertThat(text(reading, "application.properties")).isEqualTo("# far\ntimeout=1\n");
        assertThat(text(reading, "db.yaml")).isEqualTo(YAML);
        assertThat(reading.state())
                .containsKeys("apollo.gz/application", "apollo.default/db.yaml")
                .containsEntry("apollo.gz/application#name", "gz1");
    }

    @Test
    void shouldReadNamespacesOfSeveralClusters() {
        apollo.item(APP, "gz", "cache", "size", "1", "").publish(APP, "gz", "cache", "c", "");

        Reading reading = source().namespaces("application")
                .namespace("gz", "cache")
                .build()
                .read();

        assertThat(reading.state()).containsOnlyKeys("apollo.default/application", "apollo.gz/cache");
    }

    @Test
    void shouldReadPublicNamespaces() {
        apollo.application("platform", "Platform")
                .item("platform", "default", "common", "a", "theirs", "")
                .item("platform", "default", "common", "b", "theirs", "")
                .publish("platform", "default", "common", "c1", "")
                .share("platform", "common");
        assertThat(text(withPortal().namespaces("common").build().read(), "common.properties"))
                .isEqualTo("a=theirs\nb=theirs\n");

        apollo.item(APP, "default", "common", "b", "ours", "our own").publish(APP, "default", "common", "o1", "");
        Reading merged = withPortal().namespaces("common").build().read();

        assertThat(text(merged, "common.properties")).isEqualTo("a=theirs\n# our own\nb=ours\n");
        assertThat(merged.state().get("apollo.default/common")).contains("+");
        assertThat(merged.state()).containsEntry("apollo.default/common#name", "o1");
    }

    @Test
    void shouldSignItsRequests() {
        apollo.accessKey(APP, "1cf998c4e2ad4704b45a98a509d15719");

        assertThat(source().accessKey("1cf998c4e2ad4704b45a98a509d15719")
                        .namespaces("application", "db.yaml")
                        .build()
                        .read()
                        .files())
                .hasSize(2);
    }

    @Test
    void shouldReadAgainWhatWasReleasedMeanwhile() {
        apollo.fault(
                "/configs/orders/default/application?ip=0.0.0.0&releaseKey=",
                2,
                Fault.first(() -> apollo.release(APP, "application", Map.of("timeout", "4000"))));

        Reading reading = source().namespaces("application", "db.yaml").build().read();

        assertThat(text(reading, "application.properties")).contains("timeout=4000");
        assertThat(apollo.requests()).hasSize(3 * 4);
    }

    @Test
    void shouldGiveUpWhenReleasesDoNotEnd() {
        apollo.fault(
                "application?ip=0.0.0.0&releaseKey=",
                100,
                Fault.first(() -> apollo.release(APP, "application", Map.of("timeout", "4000"))));

        assertThatThrownBy(() -> source().build().read())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("orders/default/application")
                .hasMessageContaining("released while it was read, 5 times");
        assertThat(apollo.requests()).hasSize(5 * 2);
    }

    @Test
    void shouldReadAgainWhenThePortalIsAhead() {
        apollo.fault(
                "/releases/latest",
                1,
                Fault.first(() -> apollo.release(APP, "application", Map.of("timeout", "4000"))));

        Reading reading = withPortal().build().read();

        assertThat(text(reading, "application.properties")).contains("timeout=4000");
        assertThat(reading.state()).containsEntry("apollo.default/application#id", "3");
    }

    @Test
    void shouldReadAgainWhatWasRolledBackMeanwhile() {
        apollo.release(APP, "application", Map.of("timeout", "4000"))
                .fault(
                        "application?ip=0.0.0.0&releaseKey=",
                        1,
                        Fault.first(() -> apollo.rollBack(APP, "default", "application")));

        assertThat(text(source().build().read(), "application.properties")).contains("timeout=3000");
    }

    @Test
    void shouldSayWhereItReads() {
        URI uri = URI.create("http://someone:s3cret@apollo.example:8080/config/");
        ApolloSource source = ApolloSource.builder(uri, APP).cluster("gz").build();

        assertThat(source.describe()).isEqualTo("Apollo orders/gz at http://apollo.example:8080/config");
        assertThat(source).hasToString(source.describe());
    }
}
