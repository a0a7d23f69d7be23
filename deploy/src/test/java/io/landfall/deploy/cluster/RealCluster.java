package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.landfall.deploy.release.WorkloadName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A namespace on the API server of a kubeconfig, with the controllers of Deployments and StatefulSets; no node has its pods. */
final class RealCluster implements AutoCloseable {

    static final String KUBECONFIG = "LANDFALL_TEST_KUBECONFIG";

    final String namespace = "adapter-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    final KubernetesClient admin;
    final KubernetesClient engine;
    final KubernetesClient cli;

    RealCluster() throws Exception {
        String kubeconfig = Files.readString(Path.of(System.getenv(KUBECONFIG)));
        admin = client(kubeconfig, null);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (EngineRole role : java.util.List.of(EngineRole.ENGINE, EngineRole.CLI)) {
            admin.load(new ByteArrayInputStream(role.yaml(namespace).getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> admin.resource(item).inNamespace(namespace).create());
        }
        engine = client(kubeconfig, "system:serviceaccount:" + namespace + ":landfall-engine");
        cli = client(kubeconfig, "system:serviceaccount:" + namespace + ":landfall-cli");
    }

    KubernetesReleaseCluster cluster() {
        return new KubernetesReleaseCluster(
                Connection.of(engine, 100, Duration.ofSeconds(5)), namespace, pod -> Optional.of("not ready"));
    }

    ObjectNode deployment(String name, int replicas, String image) {
        ObjectNode object = Json.object("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"},
                 "spec": {"replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}},
                  "template": {"metadata": {"labels": {"app": "%1$s"}},
                   "spec": {"nodeSelector": {"landfall.io/no": "node"}, "containers": [{"name": "app", "image": "%3$s", "env": [{"name": "A", "value": "1"}]}]}}}}
                """.formatted(name, replicas, image));
        object.withObject("/metadata").put("namespace", namespace);
        return object;
    }

    JsonNode live(String name) {
        return Json.tree(
                admin.apps().deployments().inNamespace(namespace).withName(name).get());
    }

    JsonNode live(WorkloadName workload) {
        return workload.kind() == WorkloadName.Kind.DEPLOYMENT
                ? live(workload.name())
                : Json.tree(admin.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(workload.name())
                        .get());
    }

    /** Somebody's change, by merge patch. */
    void change(String name, String manager, String patch) {
        admin.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.STRATEGIC_MERGE)
                                .withFieldManager(manager)
                                .build(),
                        patch);
    }

    /** As a kubelet would say it. */
    void ready(String pod) {
        admin.pods()
                .inNamespace(namespace)
                .withName(pod)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\","
                                + "\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}");
    }

    @Override
    public void close() {
        admin.namespaces().withName(namespace).delete();
        engine.close();
        cli.close();
        admin.close();
    }

    private static KubernetesClient client(String kubeconfig, @Nullable String account) {
        Config config = Config.fromKubeconfig(kubeconfig);
        ConfigBuilder builder = new ConfigBuilder(config);
        if (account != null) {
            builder.withImpersonateUsername(account);
        }
        return new KubernetesClientBuilder().withConfig(builder.build()).build();
    }
}
