package io.landfall.examples.stateful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("set by JUnit");

    @Test
    void shouldKeepWhoItIsAndItsData() throws Exception {
        Path data = folder.resolve("data");
        try (Instance first = start("127.0.0.2", data)) {
            assertThat(put(first, "color", "blue\n").statusCode()).isEqualTo(204);
            assertThat(get(first, "/whoami").body())
                    .isEqualTo("{\"address\":\"127.0.0.2\",\"pod\":\"ledger-0\",\"boots\":1}");
        }
        try (Instance second = start("127.0.0.2", data)) {
            assertThat(get(second, "/whoami").body())
                    .isEqualTo("{\"address\":\"127.0.0.2\",\"pod\":\"ledger-0\",\"boots\":2}");
            assertThat(get(second, "/data/color").body()).isEqualTo("blue\n");
            assertThat(get(second, "/data/shape").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseDataOfAnotherInstance() throws IOException {
        Path data = folder.resolve("data");
        start("127.0.0.2", data).close();

        assertThatThrownBy(() -> start("127.0.0.3", data))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is that of 127.0.0.2, and this is 127.0.0.3");
    }

    @Test
    void shouldHearOfAPeerThatComesLater() throws Exception {
        try (Instance one = start("10.0.0.1", folder.resolve("one"));
                Instance other = start("10.0.0.2", folder.resolve("other"))) {
            assertThat(get(one, "/peers").body()).isEqualTo("{}");

            // As kubelet does it: the list is behind a link, which is replaced.
            Path version = Files.writeString(folder.resolve("v2"), "10.0.0.1:1\n127.0.0.1:" + other.port() + "\n");
            Path link = Files.createSymbolicLink(folder.resolve("link"), version);
            Files.move(link, peers(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(get(one, "/peers").body())
                            .isEqualTo("{\"127.0.0.1:" + other.port()
                                    + "\":{\"address\":\"10.0.0.2\",\"pod\":\"ledger-0\",\"boots\":1}}"));
        }
    }

    @Test
    void shouldSayWhichPeerDoesNotAnswer() throws Exception {
        try (Instance gone = start("10.0.0.2", folder.resolve("gone"))) {
            Files.writeString(peers(), "127.0.0.1:" + gone.port() + "\n");
        }
        try (Instance instance = start("10.0.0.1", folder.resolve("data"))) {
            assertThat(get(instance, "/peers").body()).contains("\"no answer: java.net.ConnectException");
        }
    }

    @Test
    void shouldRefuseKeysThatLeaveTheDirectory() throws Exception {
        try (Instance instance = start("10.0.0.1", folder.resolve("data"))) {
            assertThat(get(instance, "/data/..%2Fowner").statusCode()).isEqualTo(400);
            assertThat(put(instance, "", "x").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldAskForItsAddressAsCatDoes() throws IOException {
        String before = System.getProperty("host.ip");
        try {
            System.setProperty("host.ip", "10.1.1.1");
            assertThat(OwnAddress.find()).isEqualTo("10.1.1.1");
        } finally {
            if (before == null) {
                System.clearProperty("host.ip");
            } else {
                System.setProperty("host.ip", before);
            }
        }
    }

    private Instance start(String address, Path data) throws IOException {
        return Instance.start(new Settings("ledger-0", 0, data, peers(), Duration.ofMillis(20)), address);
    }

    private Path peers() {
        return folder.resolve("peers");
    }

    private HttpResponse<String> get(Instance instance, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(instance, path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(Instance instance, String key, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(instance, "/data/" + key))
                .PUT(BodyPublishers.ofString(value))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static URI uri(Instance instance, String path) {
        return URI.create("http://127.0.0.1:" + instance.port() + path);
    }
}
