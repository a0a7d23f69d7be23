package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What an engine sees of a namespace: six kinds, one watch each. For several threads. */
final class ClusterWatch implements AutoCloseable {

    private final String namespace;
    private final List<Consumer<WorkloadName>> listeners = new CopyOnWriteArrayList<>();
    private final Watched<WorkloadFacts> deployments;
    private final Watched<WorkloadFacts> statefulSets;
    private final Watched<ReplicaSetFacts> replicaSets;
    private final Watched<PodFacts> pods;
    private final Watched<AutoscalerFacts> autoscalers;
    private final Watched<OrderFacts> orders;

    ClusterWatch(KubernetesClient client, String namespace) {
        this.namespace = namespace;
        deployments = new Watched<>(
                kind(client, "apps/v1", "Deployment"),
                object -> WorkloadFacts.of(name(Kind.DEPLOYMENT, object), object),
                facts -> tell(facts.name()));
        statefulSets = new Watched<>(
                kind(client, "apps/v1", "StatefulSet"),
                object -> WorkloadFacts.of(name(Kind.STATEFUL_SET, object), object),
                facts -> tell(facts.name()));
        replicaSets = new Watched<>(kind(client, "apps/v1", "ReplicaSet"), ReplicaSetFacts::of, this::changed);
        pods = new Watched<>(kind(client, "v1", "Pod"), PodFacts::of, this::changed);
        autoscalers = new Watched<>(
                kind(client, Autoscalers.API, "HorizontalPodAutoscaler"), AutoscalerFacts::of, this::changed);
        orders = new Watched<>(
                kind(client, "v1", "ConfigMap").withLabel(Marks.IS_ORDER, "true"),
                OrderFacts::of,
                facts -> facts.stored().ifPresent(stored -> tell(stored.order().workload())));
    }

    /** Completes when everything was seen once; an API server that is not there is waited for. */
    CompletableFuture<Void> start() {
        return CompletableFuture.allOf(everything()
                .map(watched -> watched.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    AutoCloseable onChange(Consumer<WorkloadName> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Watched<WorkloadFacts> workloads(Kind kind) {
        return kind == Kind.DEPLOYMENT ? deployments : statefulSets;
    }

    Watched<ReplicaSetFacts> replicaSets() {
        return replicaSets;
    }

    Watched<PodFacts> pods() {
        return pods;
    }

    Watched<AutoscalerFacts> autoscalers() {
        return autoscalers;
    }

    Watched<OrderFacts> orders() {
        return orders;
    }

    /** Those of one Deployment. */
    List<ReplicaSetFacts> replicaSets(WorkloadFacts workload) {
        return replicaSets.ownedBy(workload.version().uid()).toList();
    }

    void tell(WorkloadName workload) {
        listeners.forEach(listener -> listener.accept(workload));
    }

    @Override
    public void close() {
        everything().forEach(Watched::close);
    }

    private Stream<Watched<?>> everything() {
        return Stream.of(deployments, statefulSets, replicaSets, pods, autoscalers, orders);
    }

    private void changed(ReplicaSetFacts set) {
        if (!set.ownerName().isEmpty()) {
            tell(new WorkloadName(Kind.DEPLOYMENT, namespace, set.ownerName()));
        }
    }

    /** A ReplicaSet that is not there yet comes, and is told of then. */
    private void changed(PodFacts pod) {
        if (pod.owner().isEmpty()) {
            return;
        }
        if (pod.stateful()) {
            tell(new WorkloadName(Kind.STATEFUL_SET, namespace, pod.ownerName()));
        } else {
            Optional<ReplicaSetFacts> set = replicaSets.get(pod.ownerName());
            set.ifPresent(this::changed);
        }
    }

    private void changed(AutoscalerFacts autoscaler) {
        for (Kind kind : Kind.values()) {
            if (kind.kubernetes().equals(autoscaler.kind())) {
                tell(new WorkloadName(kind, namespace, autoscaler.target()));
            }
        }
    }

    private WorkloadName name(Kind kind, JsonNode object) {
        return new WorkloadName(
                kind, namespace, object.path("metadata").path("name").asText());
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            kind(KubernetesClient client, String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                        .withVersion(apiVersion.substring(slash + 1))
                        .withKind(kind)
                        .withPlural(Place.plural(kind))
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace);
    }
}
