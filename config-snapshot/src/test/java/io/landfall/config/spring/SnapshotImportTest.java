package io.landfall.config.spring;

import static io.landfall.config.spring.Applications.start;
import static io.landfall.config.spring.Applications.write;
import static io.landfall.config.spring.Applications.writePlain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.spring.Applications.WithoutCloud;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

@ExtendWith(PrintedOutput.class)
class SnapshotImportTest {

    private final Path directory;

    SnapshotImportTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldReadEveryFormatThatHasProperties() {
        write(
                directory,
                "application.properties",
                "name = \u8ba2\u5355\ntimeout: 3s\n",
                "db.yaml",
                "db:\n  pool:\n    size: 20\n  hosts: [a, b]\n",
                "limits.json",
                "{\n\t\"limits\": {\"rate\": 1.5, \"open\": true}\n}",
                "rules.json",
                "[1, 2]",
                "logback.xml",
                "<configuration/>",
                "banner.txt",
                "timeout=9s");
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            ConfigurableEnvironment environment = context.getEnvironment();
            assertThat(environment.getProperty("name")).isEqualTo("\u8ba2\u5355");
            assertThat(environment.getProperty("timeout")).isEqualTo("3s");
            assertThat(environment.getProperty("db.pool.size", Integer.class)).isEqualTo(20);
            assertThat(environment.getProperty("db.hosts[1]")).isEqualTo("b");
            assertThat(environment.getProperty("limits.rate", Double.class)).isEqualTo(1.5);
            assertThat(environment.getProperty("limits.open", Boolean.class)).isTrue();
            assertThat(environment.getProperty("document[0]")).isNull();
            LiveSnapshot live = context.getBean(LiveSnapshot.class);
            assertThat(live.current().id()).isEqualTo(Applications.ORDERS);
            assertThat(live.current().file("logback.xml")).isPresent();
        }
    }

    @Test
    void shouldPreferProfilesThenTheApplicationsFilesThenNames() {
        write(
                directory,
                "application-red.yaml",
                "a: red",
                "application-blue.properties",
                "a=blue\nb=blue",
                "application-other.yaml",
                "a: other\nother: other",
                "application.properties",
                "a=1\nb=1\nc=1",
                "application.yaml",
                "b: 2\nc: 2\nd: 2",
                "alpha.properties",
                "c=3\nd=3\ne=3",
                "beta.properties",
                "d=4\ne=4\nf=4");
        try (ConfigurableApplicationContext context =
                start(directory, WithoutCloud.class, "--spring.profiles.active=blue,red", "--f=line")) {
            ConfigurableEnvironment environment = context.getEnvironment();
            assertThat(List.of("a", "b", "c", "d", "e", "f"))
                    .map(environment::getProperty)
                    .containsExactly("red", "blue", "1", "2", "3", "line");
            assertThat(environment.containsProperty("other")).isFalse();
        }
    }

    @Test
    void shouldHeedActivationOfDocuments() {
        write(
                directory,
                "application.yaml",
                """
                spring.profiles.active: prod
                size: 1
                where: anywhere
                ---
                spring.config.activate.on-profile: prod & !test
                size: 2
                ---
                spring.config.activate.on-profile: [test, dev]
                size: 3
                ---
                spring.config.activate.on-cloud-platform: kubernetes
                where: kubernetes
                """,
                "more.properties",
                "#---\nspring.config.activate.on-profile=prod\nmore=prod\n#---\nspring.config.activate.on-profile=test\nmore=test\n");
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            ConfigurableEnvironment environment = context.getEnvironment();
            assertThat(environment.getActiveProfiles()).containsExactly("prod");
            assertThat(List.of("size", "more", "where"))
                    .map(environment::getProperty)
                    .containsExactly("2", "prod", "anywhere");
            assertThat(environment.containsProperty("spring.config.activate.on-profile"))
                    .isFalse();
        }
        try (ConfigurableApplicationContext context =
                start(directory, WithoutCloud.class, "--spring.main.cloud-platform=kubernetes")) {
            assertThat(context.getEnvironment().getProperty("where")).isEqualTo("kubernetes");
        }
    }

    @Test
    void shouldTakeListsWholeAndEverySpellingForOne() {
        write(
                directory,
                "application-prod.properties",
                "my.poolSize=2\nmy.hosts[0]=prod",
                "application.properties",
                "my.pool-size=1\nmy.hosts[0]=one\nmy.hosts[1]=two\nmy.names[0]=one",
                "other.properties",
                "my.names=a,b");
        try (ConfigurableApplicationContext context =
                start(directory, WithoutCloud.class, "--spring.profiles.active=prod")) {
            Binder binder = Binder.get(context.getEnvironment());
            assertThat(binder.bind("my.hosts", Bindable.listOf(String.class)).get())
                    .containsExactly("prod");
            assertThat(binder.bind("my.names", Bindable.listOf(String.class)).get())
                    .containsExactly("one");
            assertThat(binder.bind("my.pool-size", Integer.class).get()).isEqualTo(2);
            assertThat(context.getEnvironment().resolveRequiredPlaceholders("${my.pool-size} ${my.poolSize}"))
                    .isEqualTo("2 2");
        }
    }

    @Test
    void shouldMergeMapsWhoseKeysAreNumbersAndTakeListsInThemWhole() {
        write(
                directory,
                "application.yaml",
                "tenants: {7: {name: a, size: 1, roles: [x, y]}, 8: {name: b}}",
                "application-prod.yaml",
                "tenants: {7: {name: c, roles: [z]}}");
        try (ConfigurableApplicationContext context =
                start(directory, WithoutCloud.class, "--spring.profiles.active=prod")) {
            Binder binder = Binder.get(context.getEnvironment());

            assertThat(binder.bind("tenants", Bindable.mapOf(Integer.class, Tenant.class))
                            .get())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(7, new Tenant("c", 1, List.of("z")), 8, new Tenant("b", 0, List.of())));
        }
    }

    record Tenant(String name, int size, @DefaultValue List<String> roles) {}

    @Test
    void shouldReadTheDirectoryThatIsConfigured() {
        write(directory, "application.yaml", "a: 1");
        try (ConfigurableApplicationContext context = Applications.run(
                WithoutCloud.class, "--spring.config.import=snapshot:", "--landfall.config.dir=" + directory)) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
        }
    }

    @Test
    void shouldReadNothingIfSwitchedOffOrOptionalAndMissing() {
        Path missing = directory.resolve("missing");
        try (ConfigurableApplicationContext context =
                start(missing, WithoutCloud.class, "--landfall.config.enabled=false")) {
            assertThat(context.getBeanProvider(LiveSnapshot.class).getIfAvailable())
                    .isNull();
        }
        try (ConfigurableApplicationContext context =
                Applications.run(WithoutCloud.class, "--spring.config.import=optional:snapshot:" + missing)) {
            assertThat(context.getBeanProvider(LiveSnapshot.class).getIfAvailable())
                    .isNull();
        }
        assertThatThrownBy(() -> start(missing, WithoutCloud.class))
                .isInstanceOfAny(ConfigDataResourceNotFoundException.class, ConfigDataLocationNotFoundException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void shouldSayThatPlainFilesAreNotVerified(PrintedOutput output) {
        writePlain(directory, "application.yaml", "a: 1");
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
            assertThat(output.text()).contains("nothing is verified");
        }
    }

    /** The POM runs these tests twice. */
    @Test
    void shouldBeTriedWithTheBootThatThisRunIsFor() {
        assertThat(SpringBootVersion.getVersion()).startsWith(System.getProperty("boot.line", "3") + ".");
    }

    @Test
    void shouldBeKnownToBoot() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(SnapshotAutoConfiguration.class.getName());
    }
}
