package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.landfall.config.ByteFlips;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoreUnderTest;
import io.landfall.config.layout.StoredForm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects that are not what a publisher wrote. */
class DamagedConfigMapsTest extends StoreUnderTest {

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
    void shouldRefuseWhatIsNotItsOwn() {
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("orders-config-1.4.2")
                .addToLabels("landfall.io/app", "orders-config")
                .addToLabels("secret", "not shown")
                .endMetadata()
                .addToData("manifest.json", "{}")
                .build();
        server.insert(foreign, "configmaps");

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.find(BASE))
                .withMessageContaining("ConfigMap shop/orders-config-1.4.2")
                .withMessageContaining("{landfall.io/app=orders-config}")
                .withMessageNotContaining("not shown");
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.write(secret(BASE)));
        assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> store.live(BASE));
        store.delete(BASE);

        assertThat(server.names()).containsExactly(MANIFEST);
    }

    @Test
    void shouldRefuseToBuildOnWhatHasOtherData() {
        Snapshot snapshot = secret(BASE);
        store.write(snapshot);
        server.remove("/api/v1/namespaces/shop/configmaps/orders-config-1.4.2");
        String left = server.names().get(0);
        server.tamper(left, o -> ((ObjectNode) o.get("data")).put("db.properties", "eA=="));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.write(snapshot))
                .withMessageContaining(
                        left.replace(" ", " shop/") + ": there is an object of this name with other data");
    }

    @Test
    void shouldRefuseEachBitThatIsFlipped() {
        Snapshot snapshot = secret(BASE);
        store.write(snapshot);
        ByteFlips.shouldAllBeRefused(StoredForm.of(snapshot).data());

        for (StoredForm.StoredObject object : StoredForm.of(snapshot).objects()) {
            String name = (object.secret() ? "Secret " : "ConfigMap ") + object.name();
            List<ByteFlips.Flip> all = ByteFlips.of(object.data()).toList();
            for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 12)) {
                ByteFlips.Flip flip = all.get(i);
                server.tamper(name, o -> damage(o, object.secret(), flip.key(), flip::in));
                flip.shouldBeRefused(() -> store.find(BASE));
                server.tamper(
                        name,
                        o -> damage(o, object.secret(), flip.key(), b -> object.data()
                                .get(flip.key())));
            }
        }
        assertThat(store.find(BASE)).contains(snapshot);
    }

    @Test
    void shouldRefuseWhatIsNotWhole() {
        store.write(rich(BASE));
        String large = server.names().stream()
                .filter(n -> n.startsWith("ConfigMap") && n.endsWith("-2"))
                .findFirst()
                .orElseThrow();
        server.remove("/api/v1/namespaces/shop/configmaps/" + nameIn(large));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.find(BASE))
                .withMessageContaining("ConfigMap shop/orders-config-1.4.2")
                .withMessageContaining("large.bin");
    }

    @Test
    void shouldRefuseALivePointerThatIsNone() {
        store.write(snapshot(BASE, "a: 1"));
        server.tamper(MANIFEST, o -> ((ObjectNode) o.at("/metadata/annotations")).put("landfall.io/live", "1.5"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> store.live(BASE))
                .withMessageContaining("its annotation landfall.io/live is '1.5', which is no revision of 1.4.2");
    }

    private static Snapshot secret(SnapshotId id) {
        return Snapshot.builder(id)
                .created(CREATED)
                .file(SnapshotFile.of("application.yaml", "a: 1"))
                .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
                .build();
    }

    private static void damage(ObjectNode object, boolean secret, String key, UnaryOperator<byte[]> change) {
        ObjectNode texts = object.has("data") ? (ObjectNode) object.get("data") : object.putObject("data");
        ObjectNode encoded = secret ? texts : object.withObject("/binaryData");
        byte[] bytes = texts.has(key) && !secret
                ? texts.get(key).asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(encoded.get(key).asText());
        if (!secret) {
            texts.remove(key);
        }
        encoded.put(key, Base64.getEncoder().encodeToString(change.apply(bytes)));
    }

    private static String nameIn(String kindAndName) {
        return kindAndName.substring(kindAndName.indexOf(' ') + 1);
    }
}
