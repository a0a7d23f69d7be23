package io.landfall.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The jar that is shipped needs nothing but Java. */
class RunnableJarIT {

    @Test
    void shouldRenderAsTheClassesDo() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("cli.jar", "none"),
                        "instances",
                        "render",
                        "src/test/resources/tables/stateful.yaml")
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Path.of("src/test/resources/golden/stateful.yaml")).hasContent(said);
    }
}
