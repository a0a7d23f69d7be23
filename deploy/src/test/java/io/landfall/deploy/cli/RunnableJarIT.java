package io.landfall.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The jar that is shipped needs nothing but Java. */
class RunnableJarIT {

    @Test
    void shouldRenderAsTheClassesDo() throws IOException, InterruptedException {
        String said = run(0, "instances", "render", "src/test/resources/tables/stateful.yaml");

        assertThat(Path.of("src/test/resources/golden/stateful.yaml")).hasContent(said);
    }

    @Test
    void shouldHaveAllThatReleasesNeed() throws IOException, InterruptedException {
        assertThat(run(0, "role", "-n", "shop")).contains("kind: Role", "namespace: shop");
        assertThat(run(0, "render", "-f", "src/test/resources/applications/stateless.yaml", "-e", "test", "--image=1"))
                .contains("image: \"registry.example.com/shop/mailer:1\"");
        assertThat(run(0, "config", "check", "--from", "dir:src/test/resources/tables"))
                .isNotEmpty();
        assertThat(run(2)).startsWith("say what to do: release, status");
    }

    /** No kubeconfig leads to a cluster. */
    @Test
    void shouldSayThatNoClusterAnswers() throws IOException, InterruptedException {
        assertThat(run(1, "status", "--kubeconfig", "src/test/resources/none"))
                .isEqualToIgnoringNewLines("the kubeconfig src/test/resources/none cannot be read: name another one");
    }

    private static String run(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("cli.jar", "none")));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as(said).isEqualTo(expected);
        return said;
    }
}
