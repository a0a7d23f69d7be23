package io.landfall.config.spring;

import static io.landfall.config.spring.Applications.start;
import static io.landfall.config.spring.Applications.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.spring.Applications.WithoutCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

@ExtendWith(PrintedOutput.class)
class RefusedStartTest {

    private final Path directory;

    RefusedStartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ConfigurationProperties("pool")
    record Pool(int size) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Pool.class)
    static class WithPool extends WithoutCloud {}

    /** Validates itself, as a bean with {@code @Validated} would be. */
    @ConfigurationProperties("db")
    record Database(String password, String user) implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return type == Database.class;
        }

        @Override
        public void validate(Object target, Errors errors) {
            errors.rejectValue("password", "short", "it is too short");
            errors.rejectValue("user", "unknown", "nobody knows it");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Database.class)
    static class WithDatabase extends WithoutCloud {}

    @Test
    void shouldNotPrintASecretThatIsNotValid(PrintedOutput output) {
        SnapshotFile file = SnapshotFile.of("application.yaml", "db:\n  password: hunter2\n  user: anna\n");
        Snapshot secret = Snapshot.builder(Applications.ORDERS)
                .file(file.withSecretKeys(Set.of("db.password")))
                .build();
        write(directory, secret);
        assertThatThrownBy(() -> start(directory, WithDatabase.class)).isInstanceOf(RuntimeException.class);
        assertThat(output.text())
                .contains("Property: db.password\n    Value: a secret", "it is too short")
                .contains("Property: db.user\n    Value: \"anna\"", "application.yaml - 3:9", "nobody knows it")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldReportAllThatDoesNotVerify(PrintedOutput output) throws IOException {
        write(directory, "application.yaml", "a: 1", "b.properties", "b=2", "c.txt", "c");
        Files.writeString(directory.resolve("application.yaml"), "a: 2");
        Files.delete(directory.resolve("b.properties"));
        assertThatThrownBy(() -> start(directory, WithoutCloud.class)).isInstanceOf(SnapshotException.class);
        assertThat(output.text())
                .contains("APPLICATION FAILED TO START")
                .contains("The snapshot in " + directory + " is refused")
                .contains("application.yaml: it is not what the manifest says")
                .contains("b.properties: it is missing")
                .contains("publish the version again, or roll back to another")
                .doesNotContain("at io.landfall");
    }

    @Test
    void shouldReportAllFilesThatCannotBeRead() {
        write(
                directory,
                "a.yaml",
                "a: 1\nb: *hunter2\n",
                "b.json",
                "{\"a\": [1}",
                "c.properties",
                "a=1\nb=\\u12\n",
                "application-prod.yaml",
                "spring.profiles.active: test",
                "application.yaml",
                "spring.config.activate.on-profile: prod\nspring.config.import: file:x");
        assertThatThrownBy(() -> start(directory, WithoutCloud.class))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("a.yaml:2:4: it cannot be read as YAML")
                .hasMessageContaining("b.json:1:9: it cannot be read as JSON")
                .hasMessageContaining("c.properties:2: it has a \\u without four hexadecimal digits")
                .hasMessageContaining("application-prod.yaml - 1:25: spring.profiles.active is in a part")
                .hasMessageContaining("application.yaml - 2:23: spring.config.import is in a part")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldSayFileAndLineOfWhatDoesNotFit(PrintedOutput output) {
        write(directory, "application.properties", "# \u8ba2\u5355\n\npool.name=x\n   pool.size = many\n");
        assertThatThrownBy(() -> start(directory, WithPool.class)).isInstanceOf(RuntimeException.class);
        assertThat(output.text())
                .contains("pool.size")
                .contains("\"many\"")
                .contains("snapshot orders 1.4.2: application.properties - 4:16");
    }

    @Test
    void shouldNotPrintASecretThatDoesNotFit(PrintedOutput output) {
        SnapshotFile file = SnapshotFile.of("application.yaml", "pool:\n  size: hunter2\n");
        Snapshot secret = Snapshot.builder(Applications.ORDERS)
                .file(file.withSecretKeys(Set.of("pool.size")))
                .build();
        write(directory, secret);
        assertThatThrownBy(() -> start(directory, WithPool.class)).isInstanceOf(RuntimeException.class);
        assertThat(output.text())
                .contains("Value: a secret")
                .contains("application.yaml - 2:9")
                .doesNotContain("hunter2");
    }

    @ConfigurationProperties("")
    record Pools(Map<String, Pool> pools) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Pools.class)
    static class WithPools extends WithoutCloud {}

    @ParameterizedTest
    @CsvSource({"7, pools.7", "'\"[pay.internal]\"', pools.[pay.internal].size"})
    void shouldNotPrintASecretBelowAKeyThatSpringTakesForAnIndex(String key, String secretKey, PrintedOutput output) {
        SnapshotFile file = SnapshotFile.of("application.yaml", "pools:\n  " + key + ":\n    size: hunter2\n");
        write(
                directory,
                Snapshot.builder(Applications.ORDERS)
                        .file(file.withSecretKeys(Set.of(secretKey)))
                        .build());
        assertThatThrownBy(() -> start(directory, WithPools.class)).isInstanceOf(RuntimeException.class);
        assertThat(output.text()).contains("Value: a secret").doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseTwoSnapshots(@TempDir Path other) {
        write(directory, "application.yaml", "a: 1");
        write(other, "application.yaml", "a: 2");
        assertThatThrownBy(() -> start(directory, WithoutCloud.class, "--spring.config.import=snapshot:" + other))
                .hasMessageContaining("it names two snapshots");
    }

    @Test
    void shouldRefuseAWayToFollowThatNobodyKnows() {
        write(directory, "application.yaml", "a: 1");
        assertThatThrownBy(() -> start(directory, WithoutCloud.class, "--landfall.config.follow=pigeon"))
                .hasMessageContaining("'pigeon' is no way to follow")
                .hasMessageContaining("or test");
    }
}
