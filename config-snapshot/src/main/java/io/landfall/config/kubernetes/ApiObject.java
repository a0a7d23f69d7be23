package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ConfigMap or a Secret, which for a snapshot are the same.
 *
 * @param data never changed by anybody
 */
record ApiObject(boolean secret, ObjectMeta metadata, SortedMap<String, byte[]> data) {

    static ApiObject of(ConfigMap map) {
        SortedMap<String, byte[]> data = decoded(map.getBinaryData());
        orEmpty(map.getData()).forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
        return new ApiObject(false, map.getMetadata(), data);
    }

    static ApiObject of(Secret secret) {
        return new ApiObject(true, secret.getMetadata(), decoded(secret.getData()));
    }

    private static SortedMap<String, byte[]> decoded(@Nullable Map<String, String> encoded) {
        SortedMap<String, byte[]> data = new TreeMap<>();
        orEmpty(encoded)
                .forEach((key, text) -> data.put(key, Base64.getDecoder().decode(text)));
        return data;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    String name() {
        return metadata.getName();
    }

    boolean sameData(ApiObject other) {
        return data.keySet().equals(other.data.keySet())
                && data.keySet().stream().allMatch(key -> Arrays.equals(data.get(key), other.data.get(key)));
    }

    /** As the API server takes it; an immutable one's data cannot be changed from then on. */
    HasMetadata forApi(boolean immutable) {
        return secret ? secret(immutable) : configMap(immutable);
    }

    private Secret secret(boolean immutable) {
        SecretBuilder made =
                new SecretBuilder().withMetadata(metadata).withType("Opaque").withImmutable(immutable);
        data.forEach((key, bytes) -> made.addToData(key, Base64.getEncoder().encodeToString(bytes)));
        return made.build();
    }

    private ConfigMap configMap(boolean immutable) {
        ConfigMapBuilder made = new ConfigMapBuilder().withMetadata(metadata).withImmutable(immutable);
        data.forEach((key, bytes) -> text(bytes)
                .ifPresentOrElse(
                        text -> made.addToData(key, text),
                        () -> made.addToBinaryData(key, Base64.getEncoder().encodeToString(bytes))));
        return made.build();
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Which one, never what is in it. */
    @Override
    public String toString() {
        return (secret ? "Secret " : "ConfigMap ") + name();
    }
}
