package io.landfall.e2e.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.landfall.config.ConfigurationSource;
import io.landfall.config.Publication;
import io.landfall.config.PublishRequest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotPublisher;
import io.landfall.config.kubernetes.ConfigMapStore;
import io.landfall.config.layout.StoredForm;
import io.landfall.e2e.cluster.TestNamespace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An application whose pods read snapshots: {@code examples/web} with config-snapshot beside it. */
public final class Orders {

    private static final String NAME = "orders";
    private static final String CLASS_PATH =
            "/opt/web/app/*:/opt/web/boot-3.5/common/*:/opt/web/boot-3.5/tomcat/*:/opt/config/*";

    private final TestNamespace namespace;
    private final ConfigMapStore store;
    private final SnapshotPublisher publisher;
    private final String follow;

    /**
     * Nothing runs yet.
     *
     * @param follow how pods hear of hot revisions: {@code api} (they get the rights) or {@code mount} (they get none)
     */
    public Orders(TestNamespace namespace, String follow) {
        this.namespace = namespace;
        this.follow = follow;
        store = new ConfigMapStore(namespace.client(), namespace.name());
        publisher = new SnapshotPublisher(store);
        createAccount();
    }

    /** What publishes to the cluster. */
    public SnapshotPublisher publisher() {
        return publisher;
    }

    /** Where snapshots are. */
    public ConfigMapStore store() {
        return store;
    }

    /** Publishes these files as a version. */
    public Snapshot publish(String version, List<SnapshotFile> files) {
        return publisher
                .publish(PublishRequest.of(SnapshotId.of(NAME, version), source(files)))
                .snapshot();
    }

    /** Publishes these files as a version's next hot revision. */
    public Publication publishHot(String version, List<SnapshotFile> files) {
        return publisher.publishHot(PublishRequest.of(SnapshotId.of(NAME, version), source(files)));
    }

    /** Makes the next lower hot revision live. */
    public SnapshotId undoHot(String version) {
        return publisher.undo(SnapshotId.of(NAME, version));
    }

    private static ConfigurationSource source(List<SnapshotFile> files) {
        return new ConfigurationSource() {
            @Override
            public Reading read() {
                return new Reading(files, Map.of());
            }

            @Override
            public String describe() {
                return "a test";
            }
        };
    }

    /** Has pods of this version, and returns at once. */
    public void release(String version, int replicas) {
        namespace
                .client()
                .resource(rendered(version, replicas))
                .inNamespace(namespace.name())
                .createOr(existing -> existing.update());
    }

    /** The Deployment of this version. */
    public Deployment rendered(String version, int replicas) {
        SnapshotId id = SnapshotId.of(NAME, version);
        Snapshot snapshot = store.find(id).orElseThrow();
        Map<String, String> values = new HashMap<>();
        values.put("version", version);
        values.put("replicas", String.valueOf(replicas));
        values.put("image", namespace.cluster().image());
        values.put("pull", namespace.cluster().pullPolicy());
        values.put("classpath", CLASS_PATH);
        values.put("account", NAME);
        values.put("cpuLimit", "1");
        values.put("follow", follow);
        values.put("live", ConfigMapStore.nameOfMountedPointer(id));
        values.put("objects", volumeSources(snapshot));
        return Manifest.read("orders.yaml", values, Deployment.class);
    }

    /** YAML takes JSON. */
    private static String volumeSources(Snapshot snapshot) {
        List<Map<String, Map<String, String>>> sources = StoredForm.of(snapshot).objects().stream()
                .map(o -> Map.of(o.secret() ? "secret" : "configMap", Map.of("name", o.name())))
                .toList();
        try {
            return new ObjectMapper().writeValueAsString(sources);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kubectl rollout undo}, and returns at once. */
    public void undoRelease() {
        deployment().rolling().undo();
    }

    /** The pods that are there, ending ones included. */
    public Set<String> pods() {
        return namespace.pods(NAME).stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** The pods that name a version in their template. */
    public Set<String> pods(String version) {
        return namespace.pods(NAME).stream()
                .filter(pod -> ("orders/" + version)
                        .equals(pod.getMetadata().getAnnotations().get("landfall.io/snapshot")))
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** Kills a pod, as a node that dies would. */
    public void kill(String pod) {
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .withGracePeriod(0)
                .delete();
    }

    /** Returns when a pod of this version is there, not ending. */
    public String awaitPodOf(String version) {
        Await.until("a pod of " + version, () -> !pods(version).isEmpty());
        return pods(version).iterator().next();
    }

    /** Returns when all pods that are wanted are ready, of the last release, and no other is left. */
    public void awaitServing() {
        Await.until("orders that serve", Duration.ofMinutes(3), this::isServing);
    }

    private boolean isServing() {
        Deployment now = deployment().get();
        int wanted = now.getSpec().getReplicas();
        DeploymentStatus status = now.getStatus();
        return Objects.equals(status.getObservedGeneration(), now.getMetadata().getGeneration())
                && wanted == number(status.getUpdatedReplicas())
                && wanted == number(status.getAvailableReplicas())
                && pods().size() == wanted;
    }

    /** What a pod says that it has. */
    public SnapshotView viewOf(String pod) {
        return SnapshotView.in(get(pod, "/actuator/snapshot"));
    }

    /** What a pod's application sees under a key. */
    public String valueOf(String pod, String key) {
        try {
            return new ObjectMapper()
                    .readTree(get(pod, "/actuator/env/" + key))
                    .at("/property/value")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The API server passes it on: the host has no route to pods. */
    private String get(String pod, String path) {
        return namespace
                .client()
                .raw("/api/v1/namespaces/" + namespace.name() + "/pods/http:" + pod + ":8080/proxy" + path);
    }

    /** Returns when all pods have a revision; pods that do not answer for a moment are asked again. */
    public void awaitRevision(String revision, Duration bound) {
        Await.until("revision " + revision + " in all pods", bound, () -> pods().stream()
                .allMatch(pod -> viewOf(pod).revision().equals(revision)));
    }

    private RollableScalableResource<Deployment> deployment() {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(NAME);
    }

    /** The Role of the module's package documentation, where pods follow by the API. */
    private void createAccount() {
        namespace
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .inNamespace(namespace.name())
                .create();
        if (!follow.equals("api")) {
            return;
        }
        namespace
                .client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withVerbs("get", "watch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withVerbs("get")
                        .endRule()
                        .build())
                .inNamespace(namespace.name())
                .create();
        namespace
                .client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
                        .addNewSubject("", "ServiceAccount", NAME, namespace.name())
                        .build())
                .inNamespace(namespace.name())
                .create();
    }

    private static int number(@Nullable Integer unsetIsZero) {
        return unsetIsZero == null ? 0 : unsetIsZero;
    }
}
