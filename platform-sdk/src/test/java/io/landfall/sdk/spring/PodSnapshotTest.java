package io.landfall.sdk.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class PodSnapshotTest {

    private static final String IN_A_POD = "--KUBERNETES_SERVICE_HOST=192.0.2.1";

    private final Path directory;

    PodSnapshotTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void mount() throws IOException {
        Snapshot snapshot = Snapshot.builder(SnapshotId.of("orders", "1"))
                .file(SnapshotFile.of("application.properties", "greeting=from the snapshot"))
                .build();
        for (Map.Entry<String, byte[]> key : StoredForm.of(snapshot).data().entrySet()) {
            Files.write(directory.resolve(key.getKey()), key.getValue());
        }
    }

    @Test
    void shouldImportTheMountedSnapshotInAPod() {
        assertThat(greeting(IN_A_POD, "--landfall.config.dir=" + directory)).isEqualTo("from the snapshot");
    }

    @Test
    void shouldImportNothingElsewhere() {
        assertThat(greeting("--landfall.config.dir=" + directory)).isEmpty();
    }

    @Test
    void shouldStartInAPodWithoutSnapshot() {
        assertThat(greeting(IN_A_POD, "--landfall.config.dir=" + directory.resolve("none")))
                .isEmpty();
    }

    @Test
    void shouldLeaveItToAnImportFromOutside() {
        assertThat(greeting(
                        IN_A_POD,
                        "--landfall.config.dir=" + directory,
                        "--spring.config.import=optional:file:" + directory.resolve("other.properties")))
                .isEmpty();
    }

    @Test
    void shouldHaveASwitch() {
        assertThat(greeting(IN_A_POD, "--landfall.config.dir=" + directory, "--landfall.config.enabled=false"))
                .isEmpty();
    }

    private static String greeting(String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "landfall.drain.enabled=false")
                .run(arguments)) {
            return context.getEnvironment().getProperty("greeting", "");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {}
}
