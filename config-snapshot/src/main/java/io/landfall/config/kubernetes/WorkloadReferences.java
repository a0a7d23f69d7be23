package io.landfall.config.kubernetes;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.landfall.config.References;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace's pods, and all that makes pods, name: what they run, and what a rollback would bring back.
 *
 * <p>A snapshot is named by a template's annotation {@value #SNAPSHOT} ({@code orders/1.4.2.h3}), and by the name of any of its
 * objects anywhere in a specification: in a volume, in {@code envFrom}, in what a later Kubernetes has. To keep one too many costs
 * little. Every kind must be readable, or nothing is said at all. Safe for several threads.
 */
public final class WorkloadReferences implements References {

    /** On a pod template: application, {@code /}, revision. */
    public static final String SNAPSHOT = "landfall.io/snapshot";

    private static final String ADDED_NAME = "--";

    /** What makes pods comes after what it makes: whatever is made meanwhile is named by its maker. */
    private static final List<Kind> KINDS = List.of(
            new Kind("Pod", "", "v1", "pods"),
            new Kind("Job", "batch", "v1", "jobs"),
            new Kind("ReplicaSet", "apps", "v1", "replicasets"),
            new Kind("ControllerRevision", "apps", "v1", "controllerrevisions"),
            new Kind("Deployment", "apps", "v1", "deployments"),
            new Kind("StatefulSet", "apps", "v1", "statefulsets"),
            new Kind("DaemonSet", "apps", "v1", "daemonsets"));

    private static final Kind CRON_JOB = new Kind("CronJob", "batch", "v1", "cronjobs");
    /** Until Kubernetes 1.20. */
    private static final Kind OLD_CRON_JOB = new Kind("CronJob", "batch", "v1beta1", "cronjobs");

    private final ApiRequests requests;
    private final String namespace;

    /**
     * Those of a namespace.
     *
     * @param client stays the caller's, who closes it
     */
    public WorkloadReferences(KubernetesClient client, String namespace) {
        this(client, namespace, ApiRequests.Limits.STANDARD);
    }

    WorkloadReferences(KubernetesClient client, String namespace, ApiRequests.Limits limits) {
        this.requests = new ApiRequests(client, limits);
        this.namespace = namespace;
    }

    private record Kind(String name, String group, String version, String plural) {

        ResourceDefinitionContext context() {
            return new ResourceDefinitionContext.Builder()
                    .withKind(name)
                    .withGroup(group)
                    .withVersion(version)
                    .withPlural(plural)
                    .withNamespaced(true)
                    .build();
        }
    }

    // A kind that may not be listed fails it all: nothing may be deleted then.
    @Override
    public Map<SnapshotId, SortedSet<String>> of(String app) {
        Map<SnapshotId, SortedSet<String>> named = new TreeMap<>();
        KINDS.forEach(kind -> list(kind, app, named));
        try {
            list(CRON_JOB, app, named);
        } catch (SnapshotException e) {
            if (!isUnknown(e.getCause())) {
                throw e;
            }
            list(OLD_CRON_JOB, app, named);
        }
        return named;
    }

    private static boolean isUnknown(@Nullable Throwable failure) {
        return failure instanceof KubernetesClientException answer && answer.getCode() == HTTP_NOT_FOUND;
    }

    private void list(Kind kind, String app, Map<SnapshotId, SortedSet<String>> named) {
        ApiRequest list =
                new ApiRequest("list", kind.plural(), namespace, kind.plural() + " of namespace " + namespace);
        requests.list(
                list,
                (c, page) -> c.genericKubernetesResources(kind.context())
                        .inNamespace(namespace)
                        .list(page),
                (GenericKubernetesResource item) ->
                        collect(item, app, id -> named.computeIfAbsent(id, i -> new TreeSet<>())
                                .add(kind.name() + " " + namespace + "/"
                                        + item.getMetadata().getName())));
    }

    private static void collect(GenericKubernetesResource item, String app, Consumer<SnapshotId> named) {
        // A pod's own annotations are its template's; data is the template that a ControllerRevision keeps.
        collect(item.getMetadata().getAnnotations(), app, named);
        collect(item.getAdditionalProperties().get("spec"), app, named);
        collect(item.getAdditionalProperties().get("data"), app, named);
    }

    private static void collect(@Nullable Object node, String app, Consumer<SnapshotId> named) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (SNAPSHOT.equals(key)) {
                    ofAnnotation(app, String.valueOf(value)).ifPresent(named);
                } else {
                    collect(value, app, named);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, app, named));
        } else if (node instanceof String text) {
            ofObject(app, text).ifPresent(named);
        }
    }

    private static Optional<SnapshotId> ofAnnotation(String app, String text) {
        String prefix = app + "/";
        return text.startsWith(prefix) ? id(app, text.substring(prefix.length())) : Optional.empty();
    }

    /** Also by the name of a later part, or of a live pointer, which is its version's. */
    private static Optional<SnapshotId> ofObject(String app, String text) {
        String prefix = app + "-config-";
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        int added = text.indexOf(ADDED_NAME, prefix.length());
        return id(app, text.substring(prefix.length(), added < 0 ? text.length() : added));
    }

    private static Optional<SnapshotId> id(String app, String revision) {
        try {
            return Optional.of(SnapshotId.of(app, revision));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
