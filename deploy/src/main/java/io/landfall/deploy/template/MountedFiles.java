package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.landfall.deploy.application.DeployConfiguration.MountedFile;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.names.WorkloadNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files of the deploy configuration. Their ConfigMap is named by what is in it, so a rollback of the template is one of the files. */
final class MountedFiles {

    private static final String VOLUME = "files";
    private static final int DIGEST_CHARACTERS = 10;

    private final RenderRequest request;
    private final Map<String, MountedFile> files;
    /** Paths, by the keys of their contents. */
    private final Map<String, String> keys = new TreeMap<>();
    /** Volumes, by their Secrets. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    MountedFiles(RenderRequest request) {
        this.request = request;
        this.files = request.environment().deploy().files();
        files.forEach((path, file) -> {
            if (file instanceof MountedFile.FromSecret secret) {
                secrets.computeIfAbsent(secret.secret(), name -> "secret-" + secrets.size());
            } else {
                keys.put(key(path), path);
            }
        });
    }

    private String key(String path) {
        String file = String.valueOf(Path.of(path).getFileName());
        return NameRule.CONFIG_MAP_KEY.corrected("%02d-%s".formatted(keys.size(), file));
    }

    Optional<ConfigMap> configMap() {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> data = new TreeMap<>();
        keys.forEach((key, path) -> {
            if (files.get(path) instanceof MountedFile.Content content) {
                data.put(key, content.content());
            }
        });
        return Optional.of(new ConfigMapBuilder()
                .withMetadata(Keys.metadata(request, request.name() + WorkloadNames.FILES + digest(data)))
                .withImmutable(true)
                .withData(data)
                .build());
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        configMap()
                .ifPresent(map -> volumes.add(new VolumeBuilder()
                        .withName(VOLUME)
                        .withNewConfigMap()
                        .withName(map.getMetadata().getName())
                        .endConfigMap()
                        .build()));
        secrets.forEach((secret, volume) -> volumes.add(new VolumeBuilder()
                .withName(volume)
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .build()));
        return volumes;
    }

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        keys.forEach((key, path) -> mounts.add(mount(VOLUME, path, key)));
        files.forEach((path, file) -> {
            if (file instanceof MountedFile.FromSecret secret) {
                mounts.add(mount(secrets.getOrDefault(secret.secret(), ""), path, secret.key()));
            }
        });
        return mounts;
    }

    private static VolumeMount mount(String volume, String path, String key) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(key)
                .withReadOnly(true)
                .build();
    }

    private static String digest(Map<String, String> data) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            data.forEach((key, value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                sha.update((key + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            });
            return HexFormat.of().formatHex(sha.digest()).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
