package io.landfall.config.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.config.References;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotStore;
import io.landfall.config.Violation;
import io.landfall.config.directory.DirectoryStore;
import io.landfall.config.kubernetes.ConfigMapStore;
import io.landfall.config.kubernetes.WorkloadReferences;
import io.landfall.config.layout.StoredForm;
import io.landfall.config.layout.StoredForm.StoredObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A store that is in use, and what goes with it.
 *
 * @param references who needs which snapshots, as far as this place knows
 * @param end what ends with it
 */
record OpenStore(SnapshotStore store, References references, Runnable end) implements AutoCloseable {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What a snapshot is stored as, for a pod's template to mount; a directory has files. */
    List<StoredObject> objectsOf(Snapshot snapshot) {
        return store instanceof ConfigMapStore ? StoredForm.of(snapshot).objects() : List.of();
    }

    /** Opens a store once nothing is wrong with anything else. */
    @FunctionalInterface
    interface Way {
        OpenStore open();
    }

    /** @throws IllegalArgumentException saying how to write it */
    static Way way(String text) {
        String place = text.substring(text.indexOf(':') + 1);
        if (text.startsWith("dir:") && !place.isBlank()) {
            Path directory = path("--store", place);
            return () -> new OpenStore(new DirectoryStore(directory), References.NONE, () -> {});
        }
        if (text.startsWith("kubernetes:") && NAMESPACE.matcher(place).matches()) {
            return () -> cluster(place);
        }
        throw new IllegalArgumentException("--store is no store: write dir:/path or kubernetes:NAMESPACE");
    }

    private static OpenStore cluster(String namespace) {
        KubernetesClient client = client();
        return new OpenStore(
                new ConfigMapStore(client, namespace), new WorkloadReferences(client, namespace), client::close);
    }

    private static KubernetesClient client() {
        try {
            // The store has retries of its own.
            Config config = new ConfigBuilder(Config.autoConfigure(null))
                    .withRequestRetryBackoffLimit(0)
                    .build();
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (KubernetesClientException e) {
            throw new SnapshotException(
                    "Kubernetes", List.of(new Violation("kubeconfig", "it cannot be used", "try it with kubectl")), e);
        }
    }

    static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + " has a path that cannot be one", e);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
