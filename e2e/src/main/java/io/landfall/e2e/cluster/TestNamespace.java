package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A namespace of its own for one test, with external addresses, and with a record of every pod. */
public final class TestNamespace implements AutoCloseable {

    /** What all of them carry. */
    static final String LABEL = "landfall.io/e2e";

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final KubernetesClient client;
    private final String name;
    private final Path folder;
    private final PodRecords records;
    private final @Nullable AddressPool addresses;

    private TestNamespace(Cluster cluster, KubernetesClient client, String name, Path folder) {
        this.cluster = cluster;
        this.client = client;
        this.name = name;
        this.folder = folder;
        records = new PodRecords(client, name, folder.resolve("pods"));
        addresses = cluster.externalAddresses()
                .map(range -> AddressPool.start(client, name, range))
                .orElse(null);
    }

    /**
     * Makes a namespace that pods can be put into.
     *
     * @param folder where what is known of the test's pods goes; what an earlier run left there is deleted
     */
    static TestNamespace create(Cluster cluster, String name, Path folder) {
        empty(folder);
        KubernetesClient client = cluster.connect();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(LABEL, "true")
                        .endMetadata()
                        .build())
                .create();
        // Until it is there, pods are refused.
        await("the default service account")
                .until(() -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
        return new TestNamespace(cluster, client, name, folder);
    }

    /** The cluster it is in. */
    public Cluster cluster() {
        return cluster;
    }

    /** Talks to the cluster; open as long as the namespace. */
    public KubernetesClient client() {
        return client;
    }

    /** What Kubernetes calls it. */
    public String name() {
        return name;
    }

    /** Where files about this test go, below {@code e2e/target}. */
    public Path folder() {
        return folder;
    }

    /** What becomes of its pods. */
    public PodRecords records() {
        return records;
    }

    /** Those with this label that are there now, ending ones included. */
    public List<Pod> pods(String app) {
        return client.pods().inNamespace(name).withLabel("app", app).list().getItems();
    }

    /** The external address of a Service, once it has one. */
    public String addressOf(String service) {
        return await("an external address for the Service " + service)
                .until(() -> address(service), Optional::isPresent)
                .orElseThrow();
    }

    /** An address for a Service that plans it; no other test is given it meanwhile. */
    public String plannedAddress() {
        return cluster.externalAddresses()
                .map(AddressRange::next)
                .orElseThrow(
                        () -> new IllegalStateException("the cluster gives its addresses itself: none can be planned"));
    }

    private Optional<String> address(String service) {
        @Nullable
        Service found = client.services().inNamespace(name).withName(service).get();
        return found == null ? Optional.empty() : AddressPool.addressOf(found);
    }

    /**
     * Ends everything in it, without giving pods time to end by themselves: the test is over. Returns when the pods are gone;
     * the rest of the namespace, which disturbs nobody, follows by itself.
     */
    @Override
    public void close() {
        if (addresses != null) {
            addresses.close();
        }
        records.close();
        client.namespaces().withName(name).delete();
        await("the end of the pods of " + name).until(() -> {
            client.pods().inNamespace(name).withGracePeriod(0).delete();
            return client.pods().inNamespace(name).list().getItems().isEmpty();
        });
        client.close();
    }

    /** Returns when the namespace is gone. */
    static void remove(KubernetesClient client, String name) {
        client.namespaces().withName(name).delete();
        await("the end of the namespace " + name).until(() -> {
            client.pods().inNamespace(name).withGracePeriod(0).delete();
            return client.namespaces().withName(name).get() == null;
        });
    }

    private static void empty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException inUse) {
            throw new UncheckedIOException("cannot empty " + folder, inUse);
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(BOUND).pollInterval(Duration.ofMillis(200));
    }
}
