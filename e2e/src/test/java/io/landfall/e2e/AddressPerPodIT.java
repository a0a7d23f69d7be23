package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.landfall.deploy.InstancePlan;
import io.landfall.deploy.InstancePlan.Confirmed;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.instances.InstanceTableReader;
import io.landfall.deploy.kubernetes.InstanceCluster;
import io.landfall.deploy.kubernetes.StatefulTemplate;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A StatefulSet of {@code examples/stateful}, with an external address for each pod. */
@ExtendWith(KubernetesExtension.class)
class AddressPerPodIT {

    /** A start each for four pods, one after the other, and a kubelet that looks at ConfigMaps each minute. */
    private static final Duration BOUND = Duration.ofMinutes(4);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String NAME = "ledger";
    private static final Path VOLUMES = Path.of("/var/tmp/landfall-e2e");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final List<String> addresses = new ArrayList<>();
    /** What an earlier run left on the node is that of other addresses. */
    private final String run = UUID.randomUUID().toString();

    @Proof(
            title = "An external address for each pod of a StatefulSet",
            description =
                    "Three instances of a program that asks its machine for its own IP, under the agent, each at an address of its own,"
                            + " see one another there from inside and outside. A deleted one comes back with another pod IP, the same address"
                            + " and its data; a fourth row in the table joins, and the others learn of it, without a step by hand.")
    @Tag("slow")
    @Test
    void shouldKeepItsIdentityAndHearOfAnother(TestNamespace namespace) throws IOException {
        try {
            row(namespace);
            row(namespace);
            row(namespace);
            apply(namespace);
            awaitAllSeeAllOthers();
            put(addresses.get(1), "color", "blue");

            Pod before = pod(namespace, 1);
            namespace.client().resource(before).delete();
            await().atMost(BOUND).ignoreExceptions().untilAsserted(() -> {
                assertThat(pod(namespace, 1).getMetadata().getUid())
                        .isNotEqualTo(before.getMetadata().getUid());
                assertThat(get(addresses.get(1), "/whoami").path("boots").asInt())
                        .isEqualTo(2);
            });
            assertThat(pod(namespace, 1).getStatus().getPodIP())
                    .isNotEqualTo(before.getStatus().getPodIP());
            assertThat(text(addresses.get(1), "/data/color")).isEqualTo("blue");
            awaitAllSeeAllOthers();

            row(namespace);
            apply(namespace);
            awaitAllSeeAllOthers();
            assertThat(get(addresses.get(0), "/whoami").path("boots").asInt())
                    .as("nobody who rereads is started again")
                    .isEqualTo(1);
        } finally {
            addresses.forEach(address -> namespace
                    .client()
                    .persistentVolumes()
                    .withName(volume(namespace, addresses.indexOf(address)))
                    .delete());
            deleteVolumes();
        }
    }

    @Proof(
            title = "CAT's objects, and the API server",
            description =
                    "What the template makes of each of the example tables is accepted by a real API server, asked for a dry run.")
    @Test
    void shouldBeAcceptedByTheServer(TestNamespace namespace) throws IOException {
        InstanceCluster cluster = new InstanceCluster(namespace.client(), namespace.name());
        for (String name : List.of("cat-3.yaml", "cat-4.yaml", "stateful.yaml")) {
            String text = Files.readString(Path.of("..", "deploy", "src", "test", "resources", "tables", name))
                    .replaceFirst("(?m)^namespace: .*$", "namespace: " + namespace.name());
            InstanceTable table = InstanceTableReader.read(name, text);

            assertThatCode(() -> cluster.dryRun(StatefulTemplate.render(table, variable -> "a password")))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    /** From outside at its address, and through each of them at the others': inside, through the balancer. */
    private void awaitAllSeeAllOthers() {
        for (String address : addresses) {
            await(address).atMost(BOUND).ignoreExceptions().untilAsserted(() -> {
                assertThat(get(address, "/whoami").path("address").asText()).isEqualTo(address);
                JsonNode peers = get(address, "/peers");
                assertThat(peers.size()).isEqualTo(addresses.size() - 1);
                peers.properties().forEach(peer -> assertThat(peer.getKey())
                        .isEqualTo(peer.getValue().path("address").asText() + ":8080"));
            });
        }
    }

    /** The row of one more instance, and a volume for its claim. */
    private void row(TestNamespace namespace) {
        String name = volume(namespace, addresses.size());
        namespace
                .client()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(namespace.name())
                        .withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withNewHostPath()
                        .withPath(VOLUMES.resolve(name + "-" + run).toString())
                        .withType("DirectoryOrCreate")
                        .endHostPath()
                        .endSpec()
                        .build())
                .create();
        addresses.add(namespace.plannedAddress());
    }

    /** Where the node is this machine. */
    private static void deleteVolumes() throws IOException {
        if (!Files.exists(VOLUMES)) {
            return;
        }
        try (Stream<Path> files = Files.walk(VOLUMES)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String volume(TestNamespace namespace, int ordinal) {
        return namespace.name() + "-" + ordinal;
    }

    private void apply(TestNamespace namespace) {
        InstanceTable table = InstanceTableReader.read("instances.yaml", table(namespace));
        InstanceCluster cluster = new InstanceCluster(namespace.client(), namespace.name());
        InstancePlan plan = InstancePlan.of(table, cluster.observe(table), Confirmed.nothing());
        var objects = StatefulTemplate.render(table, variable -> "");
        cluster.dryRun(objects);
        cluster.apply(table, objects, plan, false, step -> {});
    }

    private String table(TestNamespace namespace) {
        StringBuilder table = new StringBuilder(
                """
                kind: stateful
                name: %s
                namespace: %s
                image: %s
                command: [java, -cp, "/opt/stateful/*", io.landfall.examples.stateful.StatefulMain]
                ports: [{name: http, port: 8080}]
                probe: {port: http, path: /whoami}
                storage: {size: 1Gi, class: %s}
                load-balancer: {kind: none}
                on-change: reread
                instances:
                """.formatted(NAME, namespace.name(), namespace.cluster().image(), namespace.name()));
        addresses.forEach(
                address -> table.append("- {ordinal: %d, ip: %s}%n".formatted(addresses.indexOf(address), address)));
        return table.toString();
    }

    private static Pod pod(TestNamespace namespace, int ordinal) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(NAME + "-" + ordinal)
                .require();
    }

    private JsonNode get(String address, String path) throws IOException {
        return json.readTree(text(address, path));
    }

    private String text(String address, String path) {
        return send(request(address, path));
    }

    private void put(String address, String key, String value) {
        send(request(address, "/data/" + key).PUT(BodyPublishers.ofString(value)));
    }

    private static HttpRequest.Builder request(String address, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + path))
                .timeout(TIMEOUT);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
