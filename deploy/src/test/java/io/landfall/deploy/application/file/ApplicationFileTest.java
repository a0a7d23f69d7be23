package io.landfall.deploy.application.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.Port;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.ConfigSource;
import io.landfall.deploy.application.DeployConfiguration.Check;
import io.landfall.deploy.application.DeployConfiguration.MountedFile;
import io.landfall.deploy.application.DeployConfiguration.Resources;
import io.landfall.deploy.application.DeployConfiguration.Variable;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Affinity;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.application.TrafficAccess.Transport;
import io.landfall.deploy.release.Batches.Size;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.template.Templates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationFileTest {

    private static final Path APPLICATIONS = Path.of("src/test/resources/applications");

    private final Path directory;

    ApplicationFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldReadAnApplication() {
        Application orders = read("dubbo-provider.yaml");

        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.type().name()).isEqualTo("dubbo-provider");
        assertThat(orders.owner()).isEqualTo("team-trade");
        assertThat(orders.partOf()).isEqualTo("shop");
        assertThat(orders.modules()).containsExactly("orders-service");
        assertThat(orders.build()).hasValueSatisfying(build -> {
            assertThat(build.steps()).singleElement().satisfies(step -> assertThat(step)
                    .contains("-Djib.to.image={reference}"));
            assertThat(build.deadline()).isEqualTo(Duration.ofMinutes(20));
            assertThat(build.secrets()).containsExactly("REGISTRY_PASSWORD");
        });
        assertThat(orders.environments()).extracting(Environment::name).containsExactly("test", "production");
        assertThat(orders.source().file()).isEqualTo("dubbo-provider.yaml");
        assertThat(orders.source().digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldLayAnEnvironmentOverWhatIsSaidOfAll() {
        Application orders = read("dubbo-provider.yaml");
        Environment test = orders.environment("test");
        Environment production = orders.environment("production");

        assertThat(production.deploy().resources()).contains(new Resources("500m", Optional.of("2"), "1Gi"));
        assertThat(test.deploy().resources()).contains(new Resources("500m", Optional.empty(), "1Gi"));
        assertThat(production.deploy().variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "REGISTRY", new Variable.Text("zookeeper://zookeeper.production:2181"),
                        "ENABLED", new Variable.Text("yes"),
                        "EMPTY", new Variable.Text(""),
                        "DB_PASSWORD", new Variable.FromSecret("orders-db", "password"),
                        "REGION", new Variable.FromConfigMap("region", "name")));
        assertThat(test.deploy().variables())
                .containsEntry("REGISTRY", new Variable.Text("zookeeper://zookeeper:2181"));
        assertThat(production.deploy().ports()).containsExactly(new Port("dubbo", 20880), new Port("tri", 50051));
        assertThat(production.deploy().files())
                .containsEntry("/etc/orders/rules.json", new MountedFile.Content("{\"limit\": 10}\n"))
                .containsEntry("/etc/orders/tls.key", new MountedFile.FromSecret("orders-tls", "tls.key"));
        assertThat(production.parameters().duration("drain-deadline")).isEqualTo(Duration.ofSeconds(45));
        assertThat(production.parameters().text("probes")).contains("sidecar");
        assertThat(production.config())
                .contains(new ConfigSource(
                        new ConfigSource.Origin.Apollo(
                                URI.create("http://config-service:8080"),
                                "orders",
                                "default",
                                List.of("application", "db.yaml")),
                        Optional.of("1.4.2")));
        assertThat(test.config().orElseThrow().version()).isEmpty();
        assertThat(production.place().context()).contains("production");
        assertThat(production.place().kubeconfig())
                .hasValueSatisfying(file -> assertThat(file.toString()).endsWith("applications/kube/production"));
    }

    @Test
    void shouldReadHowAReleaseGoes() {
        Application orders = read("dubbo-provider.yaml");
        var test = orders.environment("test").rollout();
        var production = orders.environment("production").rollout();

        assertThat(test.replicas()).isEqualTo(1);
        assertThat(test.batches().sizes()).containsExactly(new Size.Equal(), new Size.Equal());
        assertThat(production.replicas()).isEqualTo(4);
        assertThat(production.batches().sizes())
                .containsExactly(new Size.Pods(1), new Size.Percent(25), new Size.Rest());
        assertThat(production.conduct().strategy()).isEqualTo(Strategy.SURGE);
        assertThat(production.conduct().advance()).isEqualTo(Advance.MANUAL);
        assertThat(production.conduct().soak()).isEqualTo(Duration.ofMinutes(1));
        assertThat(production.conduct().batchDeadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(production.conduct().onFailure()).isEqualTo(OnFailure.ROLL_BACK);
        assertThat(production.conduct().gates())
                .containsExactly(
                        new Gate.Restarts(1),
                        new Gate.Prometheus(URI.create("http://prometheus:9090"), "error_ratio < 0.01"),
                        new Gate.Http(URI.create("http://checks/orders")));
        assertThat(test.conduct().onFailure()).isEqualTo(OnFailure.PAUSE);
    }

    @Test
    void shouldReadWaysIn() {
        Environment production = read("dubbo-provider.yaml").environment("production");

        assertThat(production.traffic())
                .containsExactly(
                        new TrafficAccess(
                                "orders",
                                Reach.EXTERNAL,
                                Optional.of(IpAddress.parse("203.0.113.10")),
                                new Balancer(
                                        Balancer.Kind.METALLB,
                                        Optional.of("public"),
                                        Optional.empty(),
                                        Balancer.Traffic.CLUSTER),
                                List.of(
                                        new TrafficPort("dubbo", 30880, "dubbo", Transport.TCP, Speaks.DUBBO),
                                        new TrafficPort("tri", 50051, "tri", Transport.TCP, Speaks.TRI)),
                                Optional.of(new Affinity(10_800))),
                        new TrafficAccess(
                                "orders-inside",
                                Reach.INTERNAL,
                                Optional.empty(),
                                new Balancer(
                                        Balancer.Kind.NONE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Balancer.Traffic.CLUSTER),
                                List.of(new TrafficPort("dubbo", 20880, "dubbo", Transport.TCP, Speaks.DUBBO)),
                                Optional.empty()));
        assertThat(production.registered()).contains("203.0.113.10");
        assertThat(read("dubbo-provider.yaml").environment("test").registered()).isEmpty();
        assertThat(read("web.yaml").environment("production").registered()).contains("*.web.example.com");
        assertThat(read("web.yaml").environment("production").traffic().get(0).affinity())
                .contains(new Affinity(3600));
    }

    @Test
    void shouldReadProbes() {
        var probes = read("web.yaml").environment("production").deploy().probes();

        assertThat(probes.readiness())
                .hasValueSatisfying(check -> assertThat(check).isInstanceOfSatisfying(Check.Http.class, http -> {
                    assertThat(http.path()).isEqualTo("/ready");
                    assertThat(http.port()).isEqualTo("http");
                    assertThat(http.timing().period()).contains(2);
                    assertThat(http.timing().failures()).isEmpty();
                }));
        assertThat(probes.liveness()).isEmpty();
        assertThat(probes.startup()).contains(new Check.None());
    }

    /** What is said is in a file, to be read by people: {@code -Dgolden.write=true} writes it anew. */
    @Test
    void shouldSayEverythingThatIsWrongAtOnce() throws IOException {
        Path golden = Path.of("src/test/resources/golden/applications/wrong.txt");
        String said = String.join("\n", refused(APPLICATIONS.resolve("wrong.yaml"))) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, said);
        }

        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "2.5",
                "-1",
                "2,2",
                "rest,1",
                "50%",
                "60%,60%",
                "101%,rest",
                "0%,rest",
                "a",
                "1,,rest",
                "5000"
            })
    void shouldRefuseBatchesThatMakeNoSense(String batches) throws IOException {
        assertThat(refused(minimal().replace("environments", "batches: " + batches + "\nenvironments")))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong)
                        .startsWith("landfall.yaml:5 key batches: ")
                        .endsWith("; write how many of equal size (2), or their sizes (1,25%,rest)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4", "1,rest", "25%,25%,50%", "[1, 25%, rest]", "rest", "100%"})
    void shouldTakeBatchesThatDo(String batches) throws IOException {
        write(minimal().replace("environments", "batches: " + batches + "\nenvironments"));

        assertThat(read(directory.resolve("landfall.yaml"))
                        .environment("test")
                        .rollout()
                        .batches()
                        .sizes())
                .isNotEmpty();
    }

    @Test
    void shouldLeaveWhatAnEnvironmentChangesWhereItStood() throws IOException {
        Files.writeString(directory.resolve("landfall.yaml"), """
                application: orders
                type: stateless
                owner: team-trade
                deploy: {image: registry.example.com/orders, ports: {dubbo: 20880, qos: 22222}}
                traffic:
                  orders: {address: 203.0.113.10, ports: {dubbo: 20880}}
                  admin: {address: 203.0.113.11, ports: {qos: 22222}}
                environments:
                  test:
                    namespace: shop
                    deploy: {ports: {dubbo: 20881}}
                    traffic: {orders: {affinity: 1h}}
                """);
        Environment test = read(directory.resolve("landfall.yaml")).environment("test");

        assertThat(test.deploy().ports()).containsExactly(new Port("dubbo", 20881), new Port("qos", 22222));
        assertThat(test.registered()).contains("203.0.113.10");
    }

    @Test
    void shouldComplainOfAKeyThatAnEnvironmentSaysTwice() throws IOException {
        assertThat(refused(minimal().replace("{namespace: shop}", "{namespace: shop, replicas: 4, replicas: 40}")))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong).contains("replicas: is there twice"));
    }

    @Test
    void shouldTakeABalancersPoolForAWayInForTheClusterAlone() throws IOException {
        Files.writeString(
                directory.resolve("landfall.yaml"), minimal().replace("mailer}", "mailer, ports: {http: 8080}}") + """
                        load-balancer: {kind: metallb, pool: public}
                        traffic:
                          inside: {reach: internal, load-balancer: {kind: metallb, pool: internal}, ports: {http: 80}}
                          plain: {reach: internal, ports: {http: 80}}
                        """);
        List<TrafficAccess> ways =
                read(directory.resolve("landfall.yaml")).environments().get(0).traffic();

        assertThat(ways)
                .extracting(way -> way.balancer().kind())
                .containsExactly(Balancer.Kind.METALLB, Balancer.Kind.NONE);
    }

    @Test
    void shouldRefuseModulesOfWhichJibWouldPackNone() throws IOException {
        assertThat(refused(minimal() + "modules: [orders-api, orders-service]\nbuild: {with: jib}\n"))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong)
                        .contains("jib packs one module into an image, and modules names 2; name the one that is run"));
    }

    @Test
    void shouldRefuseWhatATableOfInstancesWouldSwallow() throws IOException {
        Files.copy(Path.of("src/test/resources/tables/stateful.yaml"), directory.resolve("table.yaml"));

        assertThat(refused(minimal().replace("mailer", "ledger").replace("stateless", "stateful")
                        + "instances: table.yaml\nreplicas: 5\nparameters: {storage-size: 1Gi}\n"))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong)
                        .contains("replicas, parameters.storage-size would say it too; write that into the table"));
    }

    @Test
    void shouldNameTheLinesOfAnotherFile() throws IOException {
        Files.writeString(directory.resolve("instances.yaml"), "kind: stateful\nname: ledger\n");

        assertThat(refused(minimal().replace("stateless", "stateful") + "instances: instances.yaml\n"))
                .contains("instances.yaml:1 key image: is missing; add it");
    }

    @Test
    void shouldRefuseTwoEnvironmentsInOnePlace() throws IOException {
        assertThat(refused(minimal() + "  again: {namespace: shop}\n"))
                .containsExactly(
                        "landfall.yaml:7 key environments.again: has the cluster and the namespace of test; give each"
                                + " environment a namespace of its own");
    }

    @Test
    void shouldAskForParametersThatATypeNeeds() throws IOException {
        assertThat(refused(minimal().replace("stateless", "cron-job")))
                .containsExactly("landfall.yaml:6 key parameters.schedule: is missing; add it");
        assertThat(refused(minimal() + "parameters: {probes: actuatr, drain-deadlin: 1m, revision-history: x}\n"))
                .containsExactly(
                        "landfall.yaml:7 key parameters.probes: 'actuatr' is none of its choices: did you mean actuator? they are"
                                + " connect, sidecar, actuator, none; how a kubelet asks: graceful-shutdown's sidecar, Spring Boot's"
                                + " actuator, a connection, or not at all",
                        "landfall.yaml:7 key parameters.revision-history: 'x' is no number from 0 to 99999; how many earlier"
                                + " revisions Kubernetes keeps",
                        "landfall.yaml:7 key parameters.drain-deadlin: is unknown; did you mean drain-deadline? known are agent,"
                                + " drain-deadline, image-pull-policy, image-pull-secret, min-ready, pre-stop, pre-stop-sleep,"
                                + " priority-class, probe-port, probes, revision-history, service-account, spread,"
                                + " startup-deadline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a\n", "a: [b\n", "just text\n"})
    void shouldRefuseWhatIsNoApplication(String text) throws IOException {
        assertThat(refused(text)).isNotEmpty().allSatisfy(wrong -> assertThat(wrong)
                .startsWith("landfall.yaml:"));
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> ApplicationFile.read(directory.resolve("landfall.yaml"), Templates::in));

        assertThat(refused)
                .hasMessageEndingWith(
                        "it cannot be read (NoSuchFileException); name a landfall.yaml, or go to a directory that has one");
    }

    private static String minimal() {
        return """
                application: mailer
                type: stateless
                owner: team-post
                deploy: {image: registry.example.com/mailer}
                environments:
                  test: {namespace: shop}
                """;
    }

    private List<String> refused(String text) throws IOException {
        write(text);
        return refused(directory.resolve("landfall.yaml"));
    }

    private static List<String> refused(Path file) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> ApplicationFile.read(file, Templates::in));
        assertThat(refused).as("read without a complaint").isNotNull();
        return refused.violations().stream().map(Object::toString).toList();
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve("landfall.yaml"), text);
    }

    private static Application read(String name) {
        return read(APPLICATIONS.resolve(name));
    }

    private static Application read(Path file) {
        return ApplicationFile.read(file, Templates::in);
    }
}
