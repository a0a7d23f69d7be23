package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods without rights see of a live pointer. */
class MountedPointersTest {

    private static final SnapshotId BASE = SnapshotId.of("orders", "1.4.2");
    private static final String POINTER = "orders-config-1.4.2--live";

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    private final Snapshot plain = Snapshot.builder(BASE.hot(1))
            .file(SnapshotFile.of("application.yaml", "a: 1"))
            .build();
    private final Snapshot secret = Snapshot.builder(BASE.hot(2))
            .file(SnapshotFile.of("application.yaml", "a: 2"))
            .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
            .build();
    private final Snapshot large = Snapshot.builder(BASE.hot(3))
            .file(SnapshotFile.of("large.txt", "x".repeat(950_000)))
            .build();
    private final Snapshot largeSecret = Snapshot.builder(BASE.hot(4))
            .file(SnapshotFile.of("large.txt", "x".repeat(950_000)).withSecretKeys(List.of(SnapshotFile.WHOLE)))
            .build();

    @BeforeAll
    static void start() {
        server = new ApiServerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void publish() {
        server.clear();
        server.store()
                .write(Snapshot.builder(BASE)
                        .file(SnapshotFile.of("application.yaml", "a: 0"))
                        .build());
        List.of(plain, secret).forEach(server.store()::write);
    }

    @Test
    void shouldNotBeThereBeforeItIsMoved() {
        assertThat(server.store().moveLive(BASE, BASE)).isTrue();

        assertThat(server.names()).noneMatch(n -> n.endsWith("--live"));
    }

    @Test
    void shouldHaveAllOfAPlainRevision() {
        move(BASE, plain.id());

        assertThat(secret()).isEmpty();
        ApiObject copy = ApiObject.of(configMap().orElseThrow());
        assertThat(StoredForm.read(copy.data())).isEqualTo(plain);
        assertThat(copy.metadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "landfall")
                .containsEntry("landfall.io/app", "orders");
        assertThat(server.store().list("orders")).hasSize(3);
    }

    @Test
    void shouldHaveAllOfARevisionWithSecretsInASecret() {
        move(BASE, plain.id());
        move(plain.id(), secret.id());

        assertThat(configMap()).isEmpty();
        assertThat(StoredForm.read(ApiObject.of(secret().orElseThrow()).data())).isEqualTo(secret);

        move(secret.id(), plain.id());
        assertThat(secret()).isEmpty();
        assertThat(configMap()).isPresent();
    }

    @Test
    void shouldHaveTheNameOfWhatIsTooLarge() {
        List.of(large, largeSecret).forEach(server.store()::write);
        move(BASE, secret.id());
        move(secret.id(), large.id());

        assertThat(secret()).isEmpty();
        assertThat(configMap().orElseThrow().getData()).containsOnlyKeys("live").containsValue("1.4.2.h3");
        move(large.id(), largeSecret.id());
        assertThat(secret()).isEmpty();
        assertThat(configMap().orElseThrow().getData()).containsOnlyKeys("live").containsValue("1.4.2.h4");
    }

    @Test
    void shouldHaveTheNameOfTheVersionItself() {
        move(BASE, secret.id());
        move(secret.id(), BASE);

        assertThat(secret()).isEmpty();
        assertThat(configMap().orElseThrow().getData()).containsOnlyKeys("live").containsValue("1.4.2");
    }

    @Test
    void shouldBeRepairedByMovingToWhereItIs() {
        move(BASE, plain.id());
        server.remove("/api/v1/namespaces/shop/configmaps/" + POINTER);

        assertThat(server.store().moveLive(plain.id(), plain.id())).isTrue();

        assertThat(configMap()).isPresent();
    }

    /** The one that was moved first is the last to write its copy. */
    @Test
    void shouldNotOverwriteTheCopyOfALaterMove() {
        server.fault((request, real) -> {
            if (request.getMethod().equals("POST") && request.getPath().endsWith("/configmaps")) {
                server.heal();
                server.insert(pointer(large), "configmaps");
                server.annotate(
                        "/api/v1/namespaces/shop/configmaps/orders-config-1.4.2", "landfall.io/live", "1.4.2.h3");
            }
            return real.get();
        });

        move(BASE, plain.id());

        assertThat(configMap().orElseThrow().getData()).containsOnlyKeys("live").containsValue("1.4.2.h3");
        assertThat(server.store().live(BASE)).contains(large.id());
    }

    /** The one that comes later finds no copy, and so has nothing to bring. */
    @Test
    void shouldNotLeaveTheCopyOfWhatWasUndoneMeanwhile() {
        server.fault((request, real) -> {
            if (request.getMethod().equals("POST") && request.getPath().endsWith("/configmaps")) {
                server.heal();
                server.annotate("/api/v1/namespaces/shop/configmaps/orders-config-1.4.2", "landfall.io/live", "1.4.2");
            }
            return real.get();
        });

        move(BASE, plain.id());

        assertThat(configMap().orElseThrow().getData()).containsOnlyKeys("live").containsValue("1.4.2");
        assertThat(server.store().live(BASE)).contains(BASE);
    }

    @Test
    void shouldNotOverwriteWhatIsNotItsOwn() {
        server.insert(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(POINTER)
                        .endMetadata()
                        .addToData("a", "b")
                        .build(),
                "configmaps");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> server.store().moveLive(BASE, plain.id()))
                .withMessageContaining("ConfigMap shop/" + POINTER);
        server.store().delete(BASE);

        assertThat(configMap().orElseThrow().getData()).containsEntry("a", "b");
    }

    private static void move(SnapshotId from, SnapshotId to) {
        assertThat(server.store().moveLive(from, to)).isTrue();
    }

    private static ConfigMap pointer(Snapshot live) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(POINTER)
                .withLabels(SnapshotLabels.ofPointer(BASE))
                .endMetadata()
                .addToData("live", live.id().revision())
                .build();
    }

    private static Optional<ConfigMap> configMap() {
        return Optional.ofNullable(server.client()
                .configMaps()
                .inNamespace(ApiServerFixture.NAMESPACE)
                .withName(POINTER)
                .get());
    }

    private static Optional<Secret> secret() {
        return Optional.ofNullable(server.client()
                .secrets()
                .inNamespace(ApiServerFixture.NAMESPACE)
                .withName(POINTER)
                .get());
    }
}
