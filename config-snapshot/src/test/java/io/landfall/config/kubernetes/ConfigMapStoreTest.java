package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.mockwebserver.http.MockResponse;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.SnapshotStoreContract;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.layout.StoredForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigMapStoreTest extends SnapshotStoreContract {

    private static final String MANIFEST = "ConfigMap orders-config-1.4.2";

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    @BeforeAll
    static void start() {
        server = new ApiServerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void clear() {
        server.clear();
    }

    @Override
    protected SnapshotStore open() {
        return server.store();
    }

    @Test
    void shouldWriteImmutableObjectsThatSayWhoseTheyAre() {
        Snapshot snapshot = secret(BASE);
        store.write(snapshot);

        String content = snapshot.manifest().contentDigest();
        ConfigMap first = configMap("orders-config-1.4.2");
        assertThat(first.getImmutable()).isTrue();
        assertThat(first.getMetadata().getLabels())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "app.kubernetes.io/managed-by", "landfall",
                        "landfall.io/app", "orders",
                        "landfall.io/version", "1.4.2",
                        "landfall.io/revision", "1.4.2",
                        "landfall.io/content", content.substring(0, 16)));
        assertThat(first.getMetadata().getAnnotations())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("landfall.io/created", CREATED.toString(), "landfall.io/digest", snapshot.digest()));
        assertThat(first.getData()).containsEntry("application.yaml", "a: 1").doesNotContainKey("db.properties");

        Secret other = server.client()
                .secrets()
                .inNamespace(ApiServerFixture.NAMESPACE)
                .withName("orders-config-1.4.2--" + content.substring(0, 8) + "-secret-1")
                .get();
        assertThat(other.getImmutable()).isTrue();
        assertThat(other.getType()).isEqualTo("Opaque");
        assertThat(other.getMetadata().getLabels())
                .isEqualTo(first.getMetadata().getLabels());
        assertThat(other.getData()).containsOnlyKeys("db.properties");
    }

    @Test
    void shouldWriteTheManifestLast() {
        store.write(rich(BASE));

        List<String> written =
                server.requests().stream().filter(r -> r.startsWith("POST")).toList();
        assertThat(written).hasSizeGreaterThan(3);
        assertThat(server.names()).hasSameSizeAs(written);
        server.clear();
        server.fault((request, real) -> request.getMethod().equals("POST")
                        && request.getPath().endsWith("/configmaps")
                        && request.getBody().getBytes().length < 100_000
                ? Answers.status(422, "Invalid", "no")
                : real.get());
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.write(rich(BASE)));
        assertThat(server.names()).hasSize(written.size() - 1).doesNotContain(MANIFEST);
    }

    @Test
    void shouldReadWithoutListing() {
        store.write(rich(BASE));
        server.forbid("list configmaps");
        server.forbid("list secrets");

        assertThat(store.find(BASE)).contains(rich(BASE));
    }

    @Test
    void shouldListLeftoversByWhenTheyWereStored() {
        Instant before = Instant.now().minusSeconds(1);
        server.forbid("create configmaps");
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.write(secret(BASE)));
        server.clear();
        server.fault((request, real) ->
                request.getPath().endsWith("/configmaps") && request.getMethod().equals("POST")
                        ? Answers.status(403, "Forbidden", "no")
                        : real.get());
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.write(secret(BASE)));

        assertThat(other.find(BASE)).isEmpty();
        assertThat(other.list("orders")).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(BASE);
            assertThat(left.complete()).isFalse();
            assertThat(left.created()).isAfter(before);
        });
        server.heal();
        other.delete(BASE);
        assertThat(server.names()).isEmpty();
    }

    @Test
    void shouldListEveryPage() {
        server.largestPage(1);
        store.write(secret(BASE));
        store.write(secret(FIRST));
        store.write(secret(SECOND));
        try {
            assertThat(store.list("orders")).extracting(StoredSnapshot::id).containsExactly(BASE, FIRST, SECOND);
        } finally {
            server.largestPage(Integer.MAX_VALUE);
        }
    }

    @Test
    void shouldRemoveWhatItWroteForNothing() {
        Snapshot mine = secret(BASE);
        Snapshot faster = snapshot(BASE, "faster: true");
        server.fault((request, real) -> {
            if (request.getMethod().equals("POST") && request.getPath().endsWith("/configmaps")) {
                server.heal();
                server.insert(object(faster), "configmaps");
            }
            return real.get();
        });

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.write(mine))
                .withMessageContaining("ConfigMap shop/orders-config-1.4.2: other content is there");

        assertThat(server.names()).containsExactly(MANIFEST);
        assertThat(store.find(BASE)).contains(faster);
    }

    @Test
    void shouldPutBackWhatWasTakenForLeftovers() {
        Snapshot snapshot = secret(BASE);
        server.fault((request, real) -> {
            if (request.getMethod().equals("POST") && request.getPath().endsWith("/configmaps")) {
                server.heal();
                String others = nameIn(server.names().get(0));
                server.remove("/api/v1/namespaces/shop/secrets/" + others);
            }
            return real.get();
        });

        assertThat(store.write(snapshot)).isTrue();

        assertThat(other.find(BASE)).contains(snapshot);
    }

    @Test
    void shouldTakeALostAnswerForOne() {
        Snapshot snapshot = secret(BASE);
        server.fault((request, real) -> {
            boolean lost = request.getMethod().equals("POST");
            boolean again =
                    server.requests().stream().filter(r -> r.startsWith("POST")).count() % 2 == 0;
            MockResponse answer = real.get();
            return lost && !again ? Answers.lost(answer) : answer;
        });

        assertThat(store.write(snapshot)).isTrue();

        server.heal();
        assertThat(other.find(BASE)).contains(snapshot);
    }

    private static Snapshot secret(SnapshotId id) {
        return Snapshot.builder(id)
                .created(CREATED)
                .file(SnapshotFile.of("application.yaml", "a: 1"))
                .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
                .build();
    }

    private static HasMetadata object(Snapshot snapshot) {
        return new ApiObject(
                        false,
                        new ObjectMetaBuilder()
                                .withName(StoredForm.nameOf(snapshot.id()))
                                .withLabels(SnapshotLabels.of(snapshot))
                                .build(),
                        StoredForm.of(snapshot).first().data())
                .forApi(true);
    }

    private static String nameIn(String kindAndName) {
        return kindAndName.substring(kindAndName.indexOf(' ') + 1);
    }

    private static ConfigMap configMap(String name) {
        return server.client()
                .configMaps()
                .inNamespace(ApiServerFixture.NAMESPACE)
                .withName(name)
                .get();
    }
}
