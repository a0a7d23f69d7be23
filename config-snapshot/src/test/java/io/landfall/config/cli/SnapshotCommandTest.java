package io.landfall.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SnapshotCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path source;
    private final String from;
    private final String store;
    private final StringBuilder everything = new StringBuilder();
    private String out = "";
    private String err = "";

    SnapshotCommandTest(@TempDir Path folder) {
        this.folder = folder;
        source = folder.resolve("source");
        from = "--from=dir:" + source;
        store = "--store=dir:" + folder.resolve("store");
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(source.resolve("db"));
        write("application.yaml", "port: 8080\nmode: safe\n");
        write("db/pool.properties", "size=5\npassword=geheim1\n");
    }

    @AfterEach
    void shouldNeverHavePrintedASecret() {
        assertThat(everything.toString()).doesNotContain("geheim");
    }

    @Test
    void shouldPublishOnce() {
        assertThat(run("publish", "orders", "1.0", from, store, "--author=me", "--comment=first\nrelease"))
                .isZero();
        assertThat(out.lines())
                .anyMatch(l -> l.startsWith("published orders 1.0 (2 files, "))
                .contains("added   application.yaml +2 -0")
                .contains("added   db/pool.properties +2 -0 (key by key, secrets are masked)");

        assertThat(run("publish", "orders", "1.0", from, store)).isZero();
        assertThat(out).startsWith("unchanged orders 1.0 (2 files, ");

        assertThat(run("show", "orders", "1.0", store)).isZero();
        assertThat(out.lines())
                .contains("author    me", "comment   first?release")
                .anyMatch(l -> l.matches("file {6}application.yaml  22 bytes  [0-9a-f]{64}"))
                .contains("file      db/pool.properties  24 bytes  secret: password");
    }

    @Test
    void shouldNotChangeWhatIsPublished() throws IOException {
        publish("1.0");
        write("application.yaml", "port: 8081\n");

        assertThat(run("publish", "orders", "1.0", from, store)).isEqualTo(1);
        assertThat(err.lines())
                .containsExactly("orders 1.0: this version is published with other content, and a version never"
                        + " changes; publish a new version, or a hot revision of this one");
    }

    @Test
    void shouldRefuseWithAllThatIsWrongALineEach() throws IOException {
        write("application.yaml", "port: 8080\nport: geheim2\n");
        write("broken.json", "{\"password\": geheim3}");
        Path schema = Files.writeString(
                folder.resolve("schema.json"),
                "{\"properties\": {\"size\": {\"maximum\": 3}}, \"required\": [\"user\"]}");

        for (String[] command : List.of(
                new String[] {"check", from, "--schema=db/pool.properties=" + schema},
                new String[] {"publish", "orders", "1.0", from, store, "--schema=db/pool.properties=" + schema})) {
            assertThat(run(command)).isEqualTo(1);
            assertThat(out).isEmpty();
            assertThat(err.lines())
                    .containsExactlyInAnyOrder(
                            "application.yaml:2: the key 'port' is on line 1 already; leave one of them out",
                            "broken.json:1: it is no JSON here; correct it there or in the line before",
                            "db/pool.properties:1: 'size' is not what its schema says: maximum 3;"
                                    + " correct it, or the schema",
                            "db/pool.properties: lacks 'user'; correct it, or the schema");
        }
        assertThat(folder.resolve("store/orders")).doesNotExist();
    }

    @Test
    void shouldShowWhatItWouldPublish() throws IOException {
        publish("1.0");
        write("db/pool.properties", "size=6\npassword=geheim2\n");

        assertThat(run("publish", "orders", "1.1", from, store, "--dry-run", "--against=1.0"))
                .isZero();
        assertThat(out.lines())
                .anyMatch(l -> l.startsWith("would publish orders 1.1 ") && l.endsWith(", compared with 1.0"))
                .contains("--- a/db/pool.properties", "-size = 5", "+size = 6")
                .contains("-password = ******", "+password = ****** (changed)");
        assertThat(run("show", "orders", "1.1", store)).isEqualTo(1);
        assertThat(err).contains("there is no snapshot orders 1.1");
    }

    @Test
    void shouldPublishHotRevisionsAndUndoThem() throws IOException {
        publish("1.0");
        write("application.yaml", "port: 8080\nmode: fast\n");
        assertThat(run("publish-hot", "orders", "1.0", from, store)).isZero();
        assertThat(out.lines())
                .anyMatch(l -> l.startsWith("published orders 1.0.h1 ") && l.endsWith(", compared with 1.0"))
                .contains("changed application.yaml +1 -1");

        assertThat(run("diff", "orders", "1.0.h1", store)).isZero();
        assertThat(out.lines()).startsWith("orders 1.0 -> orders 1.0.h1").contains("-mode: safe", "+mode: fast");

        assertThat(run("undo", "orders", "1.0", store)).isZero();
        assertThat(out.lines()).containsExactly("live is orders 1.0");
        assertThat(run("undo", "orders", "1.0", store)).isEqualTo(1);
        assertThat(run("undo", "orders", "1.0.h1", store)).isEqualTo(2);
        assertThat(err).contains("REVISION is the hot revision 1.0.h1: name its version, 1.0");
    }

    @Test
    void shouldCompareWithTheVersionBeforeUnlessToldOtherwise() throws Exception {
        publish("1.0");
        write("application.yaml", "port: 8081\n");
        publish("0.9");

        assertThat(run("diff", "orders", "0.9", store, "--against", "1.0")).isZero();
        assertThat(out.lines()).startsWith("orders 1.0 -> orders 0.9").contains("+port: 8081");
        assertThat(run("diff", "orders", "1.0", store)).isZero();
        assertThat(out.lines()).startsWith("nothing -> orders 1.0").contains("+mode: safe", "+password = ******");
    }

    @Test
    void shouldTellScriptsInJson() throws IOException {
        publish("1.0");
        write("application.yaml", "port: 8081\n");

        assertThat(run("publish", "orders", "1.1", from, store, "-o", "json", "--against=1.0"))
                .isZero();
        JsonNode published = JSON.readTree(out);
        assertThat(published.get("outcome").asText()).isEqualTo("published");
        assertThat(published.get("revision").asText()).isEqualTo("1.1");
        assertThat(published.get("digest").asText()).hasSize(64);
        assertThat(published.get("secretFiles").asInt()).isEqualTo(1);
        assertThat(published.at("/changes/0/file").asText()).isEqualTo("application.yaml");

        assertThat(run("list", "orders", store, "--output=json")).isZero();
        JsonNode list = JSON.readTree(out);
        assertThat(list).hasSize(2);
        assertThat(list.at("/0/revision").asText()).isEqualTo("1.0");
        assertThat(list.at("/0/complete").asBoolean()).isTrue();
        assertThat(list.at("/0/live").isNull()).isTrue();

        assertThat(run("list", "orders", store)).isZero();
        assertThat(out.lines()).startsWith("REVISION  CREATED               STATE     LIVE");
    }

    @Test
    void shouldVerifyAllAndNameThoseThatDoNot() throws IOException {
        publish("1.0");
        publish("1.1");
        assertThat(run("verify", "orders", store)).isZero();
        assertThat(out.lines()).hasSize(2).allMatch(l -> l.startsWith("verified orders 1."));

        try (var files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.filter(f -> f.toString().contains("1.1") && f.endsWith("application.yaml"))
                    .toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                Files.writeString(file, "port: 6666\nmode: safe\n");
            }
        }

        assertThat(run("verify", "orders", store)).isEqualTo(1);
        assertThat(out.lines()).hasSize(1);
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("orders 1.1, application.yaml: it is not what the manifest says");
        assertThat(run("verify", "orders", "1.0", store)).isZero();
        assertThat(run("verify", "orders", "1.0", "7.7", store)).isEqualTo(1);
        assertThat(err).contains("there is no snapshot orders 7.7");
    }

    @Test
    void shouldExportIntoAnEmptyDirectoryOnly() throws IOException {
        publish("1.0");
        Path to = folder.resolve("a/b");

        assertThat(run("export", "orders", "1.0", store, "--to=" + to)).isZero();
        assertThat(to.resolve("application.yaml")).hasSameBinaryContentAs(source.resolve("application.yaml"));
        Path secret = to.resolve("db/pool.properties");
        assertThat(secret).hasContent("size=5\npassword=geheim1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");

        assertThat(run("export", "orders", "1.0", store, "--to=" + to)).isEqualTo(1);
        assertThat(err).contains("it is no empty directory");
        assertThat(run("export", "orders", "1.0", store, "--to=" + secret)).isEqualTo(1);
        assertThat(run("export", "orders", "1.0", store, "--to=" + secret.resolve("x")))
                .isEqualTo(3);
        assertThat(err).contains("it cannot be written");
    }

    @Test
    void shouldDeleteOnlyWhenTold() {
        List.of("1.0", "1.1", "1.2").forEach(this::publish);

        assertThat(run("retain", "orders", store, "--keep=0")).isZero();
        assertThat(out.lines()).hasSize(3).allMatch(l -> l.startsWith("keep  1.") && l.endsWith("younger than PT24H"));

        assertThat(run("retain", "orders", store, "--keep=0", "--youth=0s", "--in-use=1.1"))
                .isZero();
        assertThat(out.lines())
                .contains("keep    1.1  named by --in-use", "nothing was deleted: add --apply")
                .anyMatch(l -> l.startsWith("delete  1.0  "));
        assertThat(run("verify", "orders", store)).isZero();
        assertThat(out.lines()).hasSize(3);

        assertThat(run("retain", "orders", store, "--keep=0", "--youth=0s", "--in-use=1.1", "--apply"))
                .isZero();
        assertThat(out.lines()).anyMatch(l -> l.startsWith("deleted  1.0  "));
        assertThat(run("verify", "orders", store)).isZero();
        assertThat(out.lines()).singleElement().asString().startsWith("verified orders 1.1 ");
    }

    @Test
    void shouldSayWhichKeysAreSecret() throws IOException {
        write("pins.json", "{\"door\": {\"pin\": \"geheim4\"}}");
        write("key.txt", "geheim5");

        assertThat(run("check", from, "--secret=*.pin", "--secret-file=key.*")).isZero();
        assertThat(out.lines())
                .hasSize(4)
                .anyMatch(l -> l.startsWith("application.yaml "))
                .anyMatch(l -> l.matches("db/pool.properties +24 bytes +secret: password"))
                .anyMatch(l -> l.matches("key.txt +7 bytes +secret: as a whole"))
                .anyMatch(l -> l.matches("pins.json +28 bytes +secret: door.pin"));
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThat(run(
                        "publish",
                        "Orders",
                        "1.0",
                        "--from=apollo:http://me:geheim@host/orders?token=geheim",
                        "--store=geheim",
                        "--schema=a.yaml",
                        "--schema=b.yaml=/nowhere",
                        "--output=xml",
                        "--tokn=geheim",
                        "geheim"))
                .isEqualTo(2);
        assertThat(err.lines())
                .contains("--store is no store: write dir:/path or kubernetes:NAMESPACE")
                .anyMatch(l -> l.startsWith("--from apollo: is no URL without credentials"))
                .anyMatch(l -> l.startsWith("--schema is 'a.yaml': write "))
                .contains("--schema: /nowhere cannot be read (NoSuchFileException)")
                .contains("--output is 'xml': write text or json")
                .anyMatch(l -> l.startsWith("'Orders' is no name of an application"))
                .contains("no option is called --tokn", "there is an argument that no option takes")
                .endsWith("More: config-snapshot publish --help");

        assertThat(run("list", "orders", "--store=kubernetes:Shop")).isEqualTo(2);
        assertThat(err).startsWith("--store is no store: ");

        assertThat(run("retain", "--keep=many", "--youth=soon")).isEqualTo(2);
        assertThat(err.lines())
                .containsExactly(
                        "--store is missing",
                        "APP is missing",
                        "--keep is 'many': write a number such as 10",
                        "--youth is 'soon': write a time such as 24h or 7d",
                        "More: config-snapshot retain --help");
        assertThat(run()).isEqualTo(2);
        assertThat(err).startsWith("say what to do: ");
    }

    @Test
    void shouldReadApollo() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer apollo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apollo.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean known = String.valueOf(exchange.getRequestURI().getQuery()).contains("releaseKey=r1");
            boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .startsWith("Apollo orders:");
            asked.add(path + (signed ? " signed" : ""));
            String name = path.substring(path.lastIndexOf('/') + 1);
            String content = name.equals("db.yaml") ? "{\"content\": \"password: geheim8\"}" : "{\"port\": \"8080\"}";
            byte[] answer = ("{\"appId\": \"orders\", \"cluster\": \"prod\", \"namespaceName\": \"" + name
                            + "\", \"releaseKey\": \"r1\", \"configurations\": " + content + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 304 : 200, known ? -1 : answer.length);
            if (!known) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        apollo.start();
        try {
            String url = "http://127.0.0.1:" + apollo.getAddress().getPort() + "/behind/a-proxy/orders";
            assertThat(run(
                            Map.of("LANDFALL_APOLLO_ACCESS_KEY", "geheim9"),
                            "publish",
                            "orders",
                            "1.0",
                            store,
                            "--from=apollo:" + url + "?cluster=prod&namespaces=application,db.yaml"))
                    .isZero();
        } finally {
            apollo.stop(0);
        }
        assertThat(asked)
                .contains("/behind/a-proxy/configs/orders/prod/application signed")
                .contains("/behind/a-proxy/configs/orders/prod/db.yaml signed");
        assertThat(run("show", "orders", "1.0", store)).isZero();
        assertThat(out.lines())
                .contains("source    apollo.prod/application = r1")
                .contains("file      db.yaml  17 bytes  secret: password");
    }

    @Test
    void shouldEndWith3WhereTheSourceDoesNotAnswer() {
        Map<String, String> environment = Map.of("LANDFALL_APOLLO_ACCESS_KEY", "geheim6");

        assertThat(run(environment, "check", "--from=apollo:http://127.0.0.1:1/orders?namespaces=application"))
                .isEqualTo(3);
        assertThat(err.lines()).hasSize(1);
    }

    @Test
    void shouldAskForApollosSecretsInVariables() {
        assertThat(run("check", "--from=apollo:http://127.0.0.1:1/orders?accessKey=geheim7"))
                .isEqualTo(2);
        assertThat(err).contains("LANDFALL_APOLLO_ACCESS_KEY");
        assertThat(run("check", "--from=apollo:http://127.0.0.1:1/orders?portal=http://127.0.0.1:2"))
                .isEqualTo(2);
        assertThat(err).contains("LANDFALL_APOLLO_TOKEN is not set");
        assertThat(run("check", "--from=apollo:http://127.0.0.1:1/")).isEqualTo(2);
        assertThat(err).contains("has no application");
    }

    @Test
    void shouldExplainItself() {
        for (String command :
                SnapshotCommand.commandLine(Map.of()).getSubcommands().keySet()) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out).contains("Usage: config-snapshot " + command);
        }
    }

    private void publish(String version) {
        assertThat(run("publish", "orders", version, from, store)).isZero();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text);
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine program = SnapshotCommand.commandLine(environment)
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true));
        int status = program.execute(arguments);
        out = said.toString();
        err = complained.toString();
        everything.append(out).append(err);
        return status;
    }
}
