package io.landfall.registry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line refuses; what it does is tried with the jar itself. */
class RegisterCommandTest {

    private final StringWriter said = new StringWriter();

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        int status = run(
                Map.of(),
                "register",
                "--registry=eureka+http://user:geheim@host:port/eureka",
                "--service=or/ders",
                "--port=http",
                "--ready-url=http://user:geheim@127.0.0.1",
                "--unready-after=soon",
                "--withdraw-within=0s",
                "--health-path=health",
                "--address=1.2.3",
                "--metadata=version",
                "--metadata=consul-x=1",
                "--tokn=geheim",
                "geheim");

        assertThat(status).isEqualTo(2);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("the registry's server is unreadable"))
                .anyMatch(line -> line.contains("'or/ders'"))
                .contains("--port is 'http', which is no port")
                .anyMatch(line -> line.startsWith("--ready-url is no URL"))
                .contains("--unready-after is 'soon': write a time such as 10s")
                .contains("--withdraw-within is '0s': write a time such as 10s")
                .anyMatch(line -> line.contains("health path is 'health'"))
                .anyMatch(line -> line.contains("'1.2.3' is no address"))
                .contains("--metadata has 'version': write each key once, as in version=2")
                .anyMatch(line -> line.contains("'consul-x'"))
                .contains("no option is called --tokn")
                .contains("there is an argument that no option takes")
                .noneMatch(line -> line.contains("geheim"));
    }

    @Test
    void shouldNameWhatIsMissingOnce() {
        int status = run(Map.of(), "register");

        assertThat(status).isEqualTo(2);
        assertThat(said.toString().lines())
                .containsExactly(
                        "--registry is missing",
                        "--port is missing",
                        "--service is missing",
                        "the pod has no name: set POD_NAME by the downward API",
                        "More: service-registry register --help");
    }

    @Test
    void shouldTakeSecretsFromFilesAndVariables(@TempDir Path folder) throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "nacos+http://user:geheim@nacos:8848\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        assertThat(run(Map.of(), "withdraw", "--service=orders", "--pod=orders-0", "--registry-file=" + url))
                .isEqualTo(2);
        assertThat(run(
                        Map.of("LANDFALL_REGISTRY_URL", "eureka+http://eureka:8761/eureka"),
                        "withdraw",
                        "--service=orders",
                        "--pod=orders-0",
                        "--token-file=" + empty))
                .isEqualTo(2);
        assertThat(run(
                        Map.of(
                                "LANDFALL_REGISTRY_URL", "eureka+http://eureka:8761/eureka",
                                "LANDFALL_REGISTRY_TOKEN", "geheim"),
                        "withdraw",
                        "--service=orders",
                        "--pod=orders-0",
                        "--registry-file=/nowhere/url"))
                .isEqualTo(2);

        assertThat(said.toString())
                .contains("Nacos over HTTP keeps one record")
                .contains("--token-file: the file " + empty + " is empty")
                .contains("--registry-file: the file /nowhere/url cannot be read (NoSuchFileException)")
                .contains("Eureka knows no tokens")
                .doesNotContain("geheim");
    }

    @Test
    void shouldAskWhatToDo() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(said.toString()).startsWith("say what to do: register or withdraw");
    }

    @Test
    void shouldExplainItsOptions() {
        assertThat(run(Map.of(), "register", "--help")).isZero();
        assertThat(said.toString()).contains("--ready-url", "--unready-after", "LANDFALL_REGISTRY_URL", "POD_NAME");
    }

    @Test
    void shouldEndWith1WhereTheRegistryIsNotThere() {
        int status =
                run(Map.of(), "withdraw", "--service=orders", "--pod=orders-0", "--registry=consul+http://127.0.0.1:1");

        assertThat(status).isEqualTo(1);
        assertThat(said.toString().lines()).containsExactly("Consul: http://127.0.0.1:1 cannot be connected to");
    }

    private int run(Map<String, String> environment, String... arguments) {
        PrintWriter writer = new PrintWriter(said, true);
        CommandLine program = RegistryCommand.commandLine(environment);
        return program.setOut(writer).setErr(writer).execute(arguments);
    }
}
