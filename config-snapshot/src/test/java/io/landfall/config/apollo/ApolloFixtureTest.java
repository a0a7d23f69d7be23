package io.landfall.config.apollo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ctrip.framework.apollo.openapi.client.ApolloOpenApiClient;
import com.ctrip.framework.apollo.openapi.dto.NamespaceReleaseDTO;
import com.ctrip.framework.apollo.openapi.dto.OpenItemDTO;
import com.ctrip.framework.apollo.openapi.dto.OpenNamespaceDTO;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixture answers as a real Apollo 2.5.2 was recorded to, and Apollo's own clients take it for one. */
class ApolloFixtureTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "order-svc";
    private static final String OPEN_API = "/openapi/v1/envs/LOCAL/apps/order-svc/clusters/default/namespaces";
    private static final String YAML = "db:\n  url: jdbc:x\n  pool: 8\n";

    private ApolloFixture apollo;

    /** Does what was done to the real one when it was recorded. */
    @BeforeEach
    void startAsRecorded() throws IOException {
        apollo = ApolloFixture.start()
                .application(APP, "order service")
                .item(APP, "default", "application", "timeout", "3000", "毫秒, RPC timeout")
                .item(APP, "default", "application", "greeting", "你好 ${name}\nline2", "multi line")
                .item(APP, "default", "db.yaml", "content", YAML, "")
                .publish(APP, "default", "application", "20201121-r1", "first")
                .publish(APP, "default", "db.yaml", "20201121-db1", "first")
                .item(APP, "default", "application", "timeout", "5000", "毫秒, RPC timeout")
                .publish(APP, "default", "application", "20201121-r2", "second")
                .grayRelease(
                        APP,
                        "default",
                        "application",
                        Map.of("timeout", "9999"),
                        List.of("10.9.9.9"),
                        List.of("canary"));
    }

    @AfterEach
    void close() {
        apollo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cs-configs, 200, /configs/order-svc/default/application",
        "cs-configs-yaml, 200, /configs/order-svc/default/db.yaml",
        "cs-configs-gray-ip, 200, /configs/order-svc/default/application?ip=10.9.9.9",
        "cs-configs-gray-label, 200, /configs/order-svc/default/application?label=canary",
        "cs-configs-404, 404, /configs/order-svc/default/nope",
        "cs-configfiles-json, 200, /configfiles/json/order-svc/default/application",
        "openapi-envclusters, 200, /openapi/v1/apps/order-svc/envclusters",
        "openapi-apps, 200, /openapi/v1/apps?appIds=order-svc",
        "openapi-namespaces, 200, " + OPEN_API,
        "openapi-namespaces-nofill, 200, " + OPEN_API + "?fillItemDetail=false",
        "openapi-item, 200, " + OPEN_API + "/application/items/timeout",
        "openapi-items, 200, " + OPEN_API + "/application/items?page=0&size=50",
        "openapi-latest-release, 200, " + OPEN_API + "/application/releases/latest",
    })
    void shouldAnswerAsRecorded(String sample, int status, String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(comparable(response.body())).isEqualTo(comparable(sample(sample + ".json")));
    }

    @Test
    void shouldAnswerNotificationsAsRecorded() throws Exception {
        String both = "%5B%7B%22namespaceName%22%3A%22application%22%2C%22notificationId%22%3A-1%7D%2C"
                + "%7B%22namespaceName%22%3A%22db.yaml%22%2C%22notificationId%22%3A-1%7D%5D";

        HttpResponse<String> response = get("/notifications/v2?appId=order-svc&cluster=default&notifications=" + both);

        assertThat(comparable(response.body())).isEqualTo(comparable(sample("cs-notifications.json")));
    }

    @Test
    void shouldAnswerFilesAsRecorded() throws Exception {
        assertThat(get("/configfiles/order-svc/default/application").body().lines())
                .containsExactlyInAnyOrderElementsOf(
                        sample("cs-configfiles.properties.txt").lines().toList());
        assertThat(get("/configfiles/raw/order-svc/default/db.yaml").body())
                .isEqualTo(sample("cs-configfiles-raw.yaml.txt"));
    }

    @Test
    void shouldSayThatNothingChanged() throws Exception {
        String key = JSON.readTree(get("/configs/order-svc/default/application").body())
                .path("releaseKey")
                .asText();

        assertThat(get("/configs/order-svc/default/application?releaseKey=" + key)
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/configs/order-svc/default/application?releaseKey=other")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeEditsAndReleasesAsRecorded() throws Exception {
        String item = "{\"key\":\"timeout\",\"value\":\"3000\",\"comment\":\"毫秒, RPC timeout\"}";
        assertThat(comparable(post("/other/items", item).body()))
                .isEqualTo(comparable(sample("openapi-create-item.json")));
        HttpResponse<String> blank = post("/application/items", "{\"key\":\"\",\"value\":\"x\"}");
        assertThat(blank.statusCode()).isEqualTo(400);
        assertThat(comparable(blank.body())).isEqualTo(comparable(sample("openapi-create-item-blank.json")));
        HttpResponse<String> release =
                post("/application/releases", "{\"releaseTitle\":\"20201121-r2\",\"releaseComment\":\"second\"}");
        assertThat(comparable(release.body().replaceFirst("\"id\":5", "\"id\":3")))
                .isEqualTo(comparable(sample("openapi-release2.json")));
    }

    @Test
    void shouldRefuseOthersThanTheTokensOwner() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(apollo.portal().resolve(OPEN_API)).build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldServeApollosOwnClient(@TempDir Path cache) throws Exception {
        apollo.accessKey(APP, "1cf998c4e2ad4704b45a98a509d15719");
        Process client = client(cache);
        try {
            List<String> said = new CopyOnWriteArrayList<>();
            Thread listener = new Thread(() -> listen(client, said), "apollo-client-output");
            listener.setDaemon(true);
            listener.start();

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(said)
                    .contains(
                            "source REMOTE",
                            "timeout 5000",
                            "greeting 你好 ${name}|line2",
                            "yaml " + YAML.replace("\n", "|")));
            apollo.item(APP, "default", "application", "timeout", "7000", "")
                    .publish(APP, "default", "application", "r3", "");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(said).contains("changed timeout 7000"));
        } finally {
            client.destroyForcibly();
        }
    }

    @Test
    void shouldServeApollosOwnOpenApiClient() {
        ApolloOpenApiClient client = ApolloOpenApiClient.newBuilder()
                .withPortalUrl(apollo.portal().toString())
                .withToken(ApolloFixture.TOKEN)
                .build();

        assertThat(client.getNamespaces(APP, "LOCAL", "default"))
                .extracting(OpenNamespaceDTO::getNamespaceName)
                .containsExactly("application", "db.yaml");
        assertThat(client.findItemsByNamespace(APP, "LOCAL", "default", "application", 0, 50)
                        .getContent())
                .extracting(OpenItemDTO::getComment)
                .containsExactly("毫秒, RPC timeout", "multi line");
        assertThat(client.getLatestActiveRelease(APP, "LOCAL", "default", "application")
                        .getName())
                .isEqualTo("20201121-r2");
        assertThat(client.getEnvClusterInfo(APP).get(0).getClusters()).containsExactly("default");
        assertThat(client.getAppsByIds(List.of(APP)).get(0).getName()).isEqualTo("order service");
        publish(client);
        assertThat(client.getLatestActiveRelease(APP, "LOCAL", "default", "application")
                        .getConfigurations())
                .containsEntry("timeout", "8000");
    }

    private static void publish(ApolloOpenApiClient client) {
        OpenItemDTO item = new OpenItemDTO();
        item.setKey("timeout");
        item.setValue("8000");
        item.setDataChangeCreatedBy("apollo");
        item.setDataChangeLastModifiedBy("apollo");
        client.createOrUpdateItem(APP, "LOCAL", "default", "application", item);
        NamespaceReleaseDTO release = new NamespaceReleaseDTO();
        release.setReleaseTitle("r3");
        release.setReleasedBy("apollo");
        client.publishNamespace(APP, "LOCAL", "default", "application", release);
    }

    private Process client(Path cache) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-Dapp.id=" + APP,
                        "-Dapollo.config-service=" + apollo.configService(),
                        "-Dapollo.access-key.secret=1cf998c4e2ad4704b45a98a509d15719",
                        "-Dapollo.cache-dir=" + cache,
                        "-Dapollo.longPollingInitialDelayInMills=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApolloClientProgram.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    private static void listen(Process client, List<String> said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> line.startsWith(ApolloClientProgram.MARK))
                    .forEach(line -> said.add(line.substring(ApolloClientProgram.MARK.length())));
        } catch (IOException | UncheckedIOException e) {
            said.add("ended: " + e);
        }
    }

    /** Times, and keys that are made of them, differ each time. */
    private static JsonNode comparable(String json) throws IOException {
        return JSON.readTree(json.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+(\\+0000)?", "TIME")
                .replaceAll("\\d{14}-[0-9a-f]{16}", "KEY"));
    }

    private static String sample(String name) throws IOException {
        try (InputStream file = ApolloFixtureTest.class.getResourceAsStream("/apollo/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(apollo.portal() + path)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        apollo.item(APP, "default", "other", "any", "any", "");
        return send(HttpRequest.newBuilder(URI.create(apollo.portal() + OPEN_API + path))
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.header("Authorization", ApolloFixture.TOKEN).build(), BodyHandlers.ofString());
    }
}
