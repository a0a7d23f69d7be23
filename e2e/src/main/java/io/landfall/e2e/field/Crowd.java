package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.landfall.e2e.cluster.TestNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Many Deployments whose pods no node has: objects of the API and nothing else. The cluster's controllers make and delete the pods; what a
 * kubelet would say of them, that they are ready, is said here.
 */
public final class Crowd implements AutoCloseable {

    private static final int WORKERS = 8;
    private static final String PREFIX = "crowd-";
    private static final String RELEASE = "landfall.io/release";
    private static final Duration BOUND = Duration.ofMinutes(30);

    private final TestNamespace namespace;
    private final KubernetesClient client;
    private final int deployments;
    private final int pods;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> lastReady = new ConcurrentHashMap<>();
    private final Map<String, String> progress = new ConcurrentHashMap<>();
    private final List<Duration> noticed = new ArrayList<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    /** Makes them, and returns when all pods are there and ready. */
    public Crowd(TestNamespace namespace, int deployments, int pods) {
        this.namespace = namespace;
        this.client = namespace.client();
        this.deployments = deployments;
        this.pods = pods;
        informers.add(client.pods().inNamespace(namespace.name()).inform(new Kubelet()));
        informers.add(client.apps().deployments().inNamespace(namespace.name()).inform(new Watcher()));
        IntStream.range(0, deployments).forEach(n -> workers.execute(() -> make(rendered(n, "0"))));
        Await.until("ready pods", BOUND, () -> ready.size() >= deployments * pods);
    }

    /** The Deployment of a number, with a variable that tells this version from others. */
    public Deployment rendered(int number, String version) {
        return new DeploymentBuilder(new Idle(namespace).rendered(version, pods))
                .editMetadata()
                .withName(PREFIX + number)
                .endMetadata()
                .editSpec()
                .editSelector()
                .withMatchLabels(Map.of("app", PREFIX + number))
                .endSelector()
                .editTemplate()
                .editMetadata()
                .withLabels(Map.of("app", PREFIX + number))
                .endMetadata()
                .editSpec()
                .withSchedulerName("nobody")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void make(Deployment deployment) {
        client.resource(deployment).inNamespace(namespace.name()).create();
    }

    /** From when the last pod of a batch was ready to when the batch after it was admitted, or the release ended. */
    public synchronized List<Duration> noticed() {
        return List.copyOf(noticed);
    }

    /** How many Deployments there are. */
    public int deployments() {
        return deployments;
    }

    /** How many pods they have together. */
    public int pods() {
        return deployments * pods;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        workers.shutdownNow();
    }

    private void makeReady(Pod pod) {
        String name = pod.getMetadata().getName();
        String now = Instant.now().toString();
        client.pods()
                .inNamespace(namespace.name())
                .withName(name)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\","
                                + "\"lastTransitionTime\":\"" + now + "\"}]}}");
        lastReady.put(pod.getMetadata().getLabels().get("app"), Instant.now());
        ready.add(name);
    }

    private synchronized void look(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        String said = annotations == null ? "" : annotations.getOrDefault(RELEASE, "");
        String before = progress.put(name, said);
        // The first one begins the release: no batch was ready before it.
        if (before != null && !before.isEmpty() && !before.equals(said)) {
            Instant since = lastReady.get(name);
            Instant now = Instant.now();
            if (since != null) {
                // The engine may hear of it before whoever said it.
                noticed.add(now.isBefore(since) ? Duration.ZERO : Duration.between(since, now));
            }
        }
    }

    private final class Kubelet implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                workers.execute(() -> makeReady(pod));
            }
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            // It said all when the pod came.
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            ready.remove(pod.getMetadata().getName());
        }
    }

    private final class Watcher implements ResourceEventHandler<Deployment> {
        @Override
        public void onAdd(Deployment deployment) {
            look(deployment);
        }

        @Override
        public void onUpdate(Deployment before, Deployment deployment) {
            look(deployment);
        }

        @Override
        public void onDelete(Deployment deployment, boolean finalStateUnknown) {
            // The test ends.
        }
    }
}
