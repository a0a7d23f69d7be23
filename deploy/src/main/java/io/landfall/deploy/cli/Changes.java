package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.landfall.deploy.api.ApiCalls;
import io.landfall.deploy.kubernetes.Difference;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an order would change, field by field. */
final class Changes {

    private static final String FIELD_MANAGER = "landfall";
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final KubernetesClient client;
    private final String namespace;
    private final ApiCalls api = new ApiCalls();

    Changes(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    List<String> of(ReleaseOrder order) {
        if (order.target() instanceof Target.Scale scale) {
            int before = order.previous().map(Target.Revision::replicas).orElse(0);
            return before == scale.replicas()
                    ? List.of()
                    : List.of("~ " + order.workload().kind().kubernetes() + " "
                            + order.workload().name() + ": spec.replicas: " + before + " -> " + scale.replicas());
        }
        Target.NewRevision target = (Target.NewRevision) order.target();
        List<String> changes = new ArrayList<>();
        target.first().forEach(object -> changes.addAll(tried(object)));
        HasMetadata before =
                order.previous().map(there -> read(there.manifest())).orElse(null);
        changes.addAll(Difference.of(before, read(target.revision().manifest())));
        return changes;
    }

    /** As the API server would have it. */
    private List<String> tried(Manifest object) {
        NamespaceableResource<HasMetadata> resource = client.resource(read(object));
        @Nullable
        HasMetadata now = api.call(() -> resource.inNamespace(namespace).get());
        HasMetadata then = api.call(() -> resource.inNamespace(namespace)
                .dryRun(true)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply());
        return Difference.of(now, then);
    }

    private static HasMetadata read(Manifest manifest) {
        return SERIALIZATION.unmarshal(manifest.json(), HasMetadata.class);
    }
}
