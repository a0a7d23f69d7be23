package io.landfall.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.deploy.kubernetes.ApiServerFixture;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationCommandsTest {

    private final DeskModel desk = new DeskModel();
    private final ApiServerFixture cluster = new ApiServerFixture();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    ApplicationCommandsTest() throws IOException {}

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), "a=1\n");
        Files.writeString(folder.resolve("landfall.yaml"), """
                application: orders
                type: stateless
                owner: team-orders
                deploy:
                  image: registry.example.com/shop/orders
                  ports: {http: 8080}
                traffic:
                  orders-web:
                    ports: {http: 80}
                replicas: 4
                batches: 1,rest
                environments:
                  test: {namespace: test}
                  configured:
                    namespace: other
                    config: {directory: config}
                """);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void shouldReleaseWhatTheFileSays() {
        desk.then(() -> desk.ends(Result.DONE, "all 4 pods are new"));

        assertThat(run("release", "-e=test", "--image=main-20261123-4", "--surge", "--wait", "--plain", "--by=anna"))
                .as(err.toString())
                .isZero();

        Request.Release request = (Request.Release) desk.requests().get(0);
        assertThat(request.flow()).isEqualTo(Flow.FULL);
        assertThat(request.workload()).isEqualTo(DeskModel.ORDERS);
        assertThat(request.object().json()).contains("registry.example.com/shop/orders:main-20261123-4");
        assertThat(request.terms().batches().sizes()).hasSize(2);
        assertThat(request.terms().conduct().strategy()).isEqualTo(Strategy.SURGE);
        assertThat(request.terms().author()).isEqualTo("anna");
        assertThat(out.toString()).endsWith("orders-1 done (all 4 pods are new)" + System.lineSeparator());
    }

    @Test
    void shouldTakeAnImageAsItIsWritten() {
        assertThat(run("render", "-e=test", "--image=7")).isZero();
        assertThat(out.toString()).contains("image: \"registry.example.com/shop/orders:7\"");
        assertThat(run("render", "-e=test", "--image=other.example.com/orders:8"))
                .isZero();
        assertThat(out.toString()).contains("image: \"other.example.com/orders:8\"");
        String digest = "sha256:" + "a".repeat(64);
        assertThat(run("render", "-e=test", "--image=" + digest)).isZero();
        assertThat(out.toString()).contains("image: \"registry.example.com/shop/orders@" + digest + "\"");
    }

    @Test
    void shouldMountTheConfigurationOfItsVersion() {
        assertThat(run("render", "-e=configured", "--image=7")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("environment configured: nothing says which version of its configuration is"
                        + " meant; say --config-version, or write config.version");

        assertThat(run("render", "-e=configured", "--image=7", "--config-version=13"))
                .isZero();
        assertThat(out.toString()).contains("landfall.io/snapshot: \"orders/13\"", "orders-config-13");
    }

    @Test
    void shouldSayWhichConfigurationItWouldPublish() {
        assertThat(run("release", "-e=configured", "--flow=config", "--config-version=13", "--dry-run"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("would publish orders/13");
        assertThat(cluster.writes()).isEmpty();
        assertThat(desk.orders()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithAConfigurationInADocument() throws IOException {
        Files.writeString(folder.resolve("config/application.properties"), "a=1\na=2\n");

        assertThat(run("release", "-e=configured", "--flow=config", "--config-version=13", "-o=json"))
                .isEqualTo(1);

        JsonNode said = new ObjectMapper().readTree(out.toString());
        assertThat(said.path("error").asText()).isEqualTo("refused");
        assertThat(said.path("violations").findValuesAsText("place"))
                .singleElement()
                .satisfies(place -> assertThat(place).contains("application.properties:2"));
    }

    @Test
    void shouldComplainBeforeItBuilds() {
        assertThat(run("release", "-e=configured")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing says which version of its configuration is meant");

        assertThat(run("release", "-e=test", "--image=7")).as(err.toString()).isZero();
        assertThat(run("release", "-e=test")).isEqualTo(1);
        assertThat(err.toString())
                .contains("another release of it has not ended")
                .doesNotContain("nothing says how its image is built");
    }

    @Test
    void shouldSayAllThatIsWrongWithTheFile() throws IOException {
        Files.writeString(folder.resolve("landfall.yaml"), "applicaton: orders\ntype: stateles\n");

        assertThat(run("release", "-e=test", "--image=7", "-o=json")).isEqualTo(1);

        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .path("violations")
                        .size())
                .isGreaterThan(2);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(run("release", "-e=prod", "--image=7")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no environment 'prod'");
        assertThat(run("release", "-e=test", "--flow=online")).isEqualTo(2);
        assertThat(run("release", "-e=test", "--flow=rollback")).isEqualTo(2);
        assertThat(run("release", "-e=test", "--flow=image")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing says how its image is built");
        assertThat(run("release", "--image=7")).isEqualTo(2);
    }

    @Test
    void shouldRenderWaysIn() {
        assertThat(run("traffic", "render", "-e=test")).isZero();

        assertThat(out.toString())
                .contains("kind: \"Service\"", "name: \"orders-web\"", "app.kubernetes.io/name: \"orders\"");
    }

    @Test
    void shouldNameBuilds() {
        assertThat(runIn("image", "tag", "--branch=feature/Login", "--build-number=4"))
                .isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("feature-Login-20261123-4");
    }

    @Test
    void shouldPrintRoles() {
        assertThat(runIn("role", "-n=test", "--for=cli")).isZero();

        assertThat(out.toString()).contains("name: landfall-cli", "kind: RoleBinding");
    }

    private int run(String first, String... more) {
        String[] arguments = new String[more.length + 2];
        System.arraycopy(more, 0, arguments, 2, more.length);
        boolean below = first.equals("traffic");
        arguments[0] = first;
        arguments[1] = below ? more[0] : "--file=" + folder.resolve("landfall.yaml");
        if (below) {
            arguments[2] = "--file=" + folder.resolve("landfall.yaml");
        }
        return runIn(arguments);
    }

    private int runIn(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        Surroundings around = new Surroundings(
                Map.of(), desk.clock(), place -> cluster.client(), this::opened, Termination::bySignal);
        return LandfallCommand.commandLine(around)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private ReleaseDesk opened(Place place) {
        assertThat(place.namespace()).isEqualTo(Optional.of("test"));
        return desk;
    }
}
