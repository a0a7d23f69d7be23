package io.landfall.config.apollo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigFile;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.PropertiesCompatibleConfigFile;
import com.ctrip.framework.apollo.build.ApolloInjector;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import com.ctrip.framework.apollo.enums.ConfigSourceType;
import com.ctrip.framework.apollo.spi.ConfigFactory;
import com.ctrip.framework.apollo.spi.DefaultConfigFactory;
import io.landfall.config.SnapshotException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The lower half of each test is what an application has had for years. */
@ExtendWith(FreshClient.class)
class UnchangedCodeTest {

    @Test
    void shouldReadPropertiesFromTheSnapshot() {
        use(Map.of(
                "application.properties", "greeting=你好\nlimit=7\ntags=a,b\nescaped=\\u843d\\u5730\n",
                "TEAM.shared.properties", "zone=north"));

        Config config = ConfigService.getAppConfig();
        assertThat(config.getProperty("greeting", "none")).isEqualTo("你好");
        assertThat(config.getIntProperty("limit", 0)).isEqualTo(7);
        assertThat(config.getArrayProperty("tags", ",", new String[0])).containsExactly("a", "b");
        assertThat(config.getProperty("escaped", "none")).isEqualTo("落地");
        assertThat(config.getProperty("absent", "default")).isEqualTo("default");
        assertThat(config.getPropertyNames()).containsExactlyInAnyOrder("greeting", "limit", "tags", "escaped");
        assertThat(config.getSourceType()).isEqualTo(ConfigSourceType.CONFIGMAP);
        assertThat(ConfigService.getConfig("TEAM.shared").getProperty("zone", "none"))
                .isEqualTo("north");
        assertThat(ConfigService.getConfig("team.SHARED").getProperty("zone", "none"))
                .as("Apollo's server does not tell capitals from small letters")
                .isEqualTo("north");
    }

    @Test
    void shouldReadYamlAsConfigAndAsFile() {
        String yaml = "pool:\n  size: 8\n  hosts: [a, b]\n---\nzone: north\n";
        use(Map.of("db.yaml", yaml, "cache.yml", "ttl: 30"));

        Config config = ConfigService.getConfig("db.yaml");
        assertThat(config.getIntProperty("pool.size", 0)).isEqualTo(8);
        assertThat(config.getProperty("pool.hosts[1]", "none")).isEqualTo("b");
        assertThat(config.getProperty("zone", "none")).isEqualTo("north");
        assertThat(ConfigService.getConfig("cache.yml").getIntProperty("ttl", 0))
                .isEqualTo(30);
        ConfigFile file = ConfigService.getConfigFile("db", ConfigFileFormat.YAML);
        assertThat(file.getContent()).isEqualTo(yaml);
        assertThat(((PropertiesCompatibleConfigFile) file).asProperties()).containsEntry("pool.hosts[0]", "a");
    }

    @Test
    void shouldGiveFilesOfAllFormats() {
        use(Map.of(
                "application.properties", "greeting=hello",
                "rules.json", "{\"a\": 1}",
                "beans.xml", "<beans/>",
                "banner.txt", "Hello\n",
                "empty.txt", ""));

        assertThat(content("rules", ConfigFileFormat.JSON)).isEqualTo("{\"a\": 1}");
        assertThat(content("beans", ConfigFileFormat.XML)).isEqualTo("<beans/>");
        assertThat(content("banner", ConfigFileFormat.TXT)).isEqualTo("Hello\n");
        assertThat(content("empty", ConfigFileFormat.TXT)).isEmpty();
        assertThat(content("application", ConfigFileFormat.Properties)).contains("greeting=hello");
        ConfigFile file = ConfigService.getConfigFile("rules", ConfigFileFormat.JSON);
        assertThat(file.getNamespace()).isEqualTo("rules.json");
        assertThat(file.getConfigFileFormat()).isEqualTo(ConfigFileFormat.JSON);
        assertThat(file.getSourceType()).isEqualTo(ConfigSourceType.CONFIGMAP);
    }

    private static String content(String namespace, ConfigFileFormat format) {
        return ConfigService.getConfigFile(namespace, format).getContent();
    }

    @Test
    void shouldSayOnceWhichFilesThereAreWhereANamespaceIsMissing() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ClientSnapshot.class);
        logger.addAppender(log);
        use(Map.of("application.properties", "greeting=hello", "db.yaml", "size: 8"));

        try {
            Config config = ConfigService.getConfig("dbb");
            assertThat(config.getProperty("size", "default")).isEqualTo("default");
            assertThat(config.getSourceType()).isEqualTo(ConfigSourceType.NONE);
            ConfigFile file = ConfigService.getConfigFile("dbb", ConfigFileFormat.Properties);
            assertThat(file.hasContent()).isFalse();
            assertThat(file.getContent()).isNull();
            assertThat(log.list.stream().filter(e -> e.getLevel().toString().equals("WARN")))
                    .singleElement()
                    .satisfies(e -> assertThat(e.getFormattedMessage())
                            .isEqualTo("Namespace dbb is empty: orders 1.4.2 has no file dbb.properties,"
                                    + " and no server is asked. Its files are [application.properties, db.yaml]"));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void shouldNotTakeOneApplicationsNamespaceForAnothers() {
        use(Map.of("application.properties", "owner=orders", "stock+application.properties", "owner=stock"));

        assertThat(ConfigService.getConfig("orders", "application").getProperty("owner", "none"))
                .isEqualTo("orders");
        assertThat(ConfigService.getConfig("stock", "application").getProperty("owner", "none"))
                .isEqualTo("stock");
        assertThat(ConfigService.getConfig("bills", "application").getProperty("owner", "none"))
                .isEqualTo("none");
    }

    @Test
    void shouldThrowWhereApolloWouldAnswerWithDefaults() {
        use(Map.of(
                "application.properties", "# \\u is fine here\na=1\npassword=\\uS3cret\n",
                "db.yaml", "pool:\n  size: 8\n password: S3cret\n",
                "twice.yml", "a: 1\nb: 2\na: S3cret\n",
                "alias.yaml", "password: *S3cret\n"));

        assertRefused("application", "application.properties:3: a \\u has not four hexadecimal digits behind it");
        assertRefused("db.yaml", "db.yaml:3: this is no YAML");
        assertRefused("twice.yml", "twice.yml:3: a key is there twice");
        assertRefused("alias.yaml", "alias.yaml:1: this is no YAML");
        assertThatThrownBy(() -> ConfigService.getConfigFile("db", ConfigFileFormat.YAML))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("db.yaml:3");
    }

    private static void assertRefused(String namespace, String reason) {
        assertThatThrownBy(() -> ConfigService.getConfig(namespace))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(reason)
                .hasNoCause()
                .message()
                .doesNotContain("S3cret");
    }

    @Test
    void shouldLeaveApolloAloneWithoutASnapshot() {
        assertThat(ApolloInjector.getInstance(ConfigFactory.class)).isExactlyInstanceOf(DefaultConfigFactory.class);
    }

    @Test
    void shouldRefuseToMixVersionsWithWhatTheServerSaid() {
        // What ConfigService does first for a namespace.
        assertThat(ApolloInjector.getInstance(ConfigFactory.class, "application"))
                .isNull();

        assertThatThrownBy(() -> use(Map.of("application.properties", "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has read [application] from its own server");
    }

    private static void use(Map<String, String> files) {
        ClientSnapshot.use(new Revisions(files).live());
    }
}
