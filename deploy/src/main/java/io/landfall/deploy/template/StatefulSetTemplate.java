package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.Parameter;
import io.landfall.deploy.application.ParameterValues;
import java.util.ArrayList;
import java.util.List;

/** Pods with names and volumes of their own; with a table of instances, with addresses of their own. */
final class StatefulSetTemplate implements Template {

    private static final String SIZE = "storage-size";
    private static final String CLASS = "storage-class";
    private static final String PATH = "storage-path";
    private static final String MANAGEMENT = "pod-management";
    private static final String DATA = "data";

    private final ApplicationType type = new ApplicationType("stateful", Workload.STATEFUL_SET, parameters());

    private static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(CommonParameters.ofServices(
                List.of("connect", "sidecar", "actuator", "none"), List.of("none", "sleep", "drain")));
        // Kubernetes 1.20 knows no such field of a StatefulSet, and refuses to apply one.
        parameters.removeIf(parameter -> parameter.name().equals(CommonParameters.MIN_READY));
        parameters.add(Parameter.optional(
                SIZE, Parameter.Type.QUANTITY, "the size of each pod's volume; none: data goes with the pod"));
        parameters.add(Parameter.optional(CLASS, Parameter.Type.STRING, "the StorageClass of the volumes"));
        parameters.add(Parameter.of(PATH, Parameter.Type.STRING, "/data", "where the volume is mounted"));
        parameters.add(Parameter.choice(
                MANAGEMENT, "whether pods come one after the other, or all at once", "OrderedReady", "Parallel"));
        return List.copyOf(parameters);
    }

    @Override
    public ApplicationType type() {
        return type;
    }

    @Override
    public Rendered render(RenderRequest request) {
        if (request.environment().instances().isPresent()) {
            return InstancesTemplate.render(
                    request, request.environment().instances().get());
        }
        PodTemplate pods = new PodTemplate(request, new Settings(request).sidecar());
        List<HasMetadata> first = new ArrayList<>();
        pods.files().configMap().ifPresent(first::add);
        first.add(headless(request));
        return new Rendered(first, statefulSet(request, pods.serving()));
    }

    /** Not the application's name: that may be a way in. */
    private static String headlessName(RenderRequest request) {
        return request.name() + "-pods";
    }

    private static Service headless(RenderRequest request) {
        return new ServiceBuilder()
                .withMetadata(Keys.metadata(request, headlessName(request)))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Keys.selector(request))
                .withPorts(request.environment().deploy().ports().stream()
                        .map(port -> new ServicePortBuilder()
                                .withName(port.name())
                                .withPort(port.number())
                                .withNewTargetPort(port.name())
                                .withProtocol("TCP")
                                .build())
                        .toList())
                .endSpec()
                .build();
    }

    private static StatefulSet statefulSet(RenderRequest request, PodTemplateSpec pods) {
        ParameterValues parameters = request.environment().parameters();
        List<PersistentVolumeClaim> claims = parameters.text(SIZE).map(size -> claim(parameters, size)).stream()
                .toList();
        if (!claims.isEmpty()) {
            pods.getSpec()
                    .getContainers()
                    .get(0)
                    .getVolumeMounts()
                    .add(new VolumeMountBuilder()
                            .withName(DATA)
                            .withMountPath(parameters.text(PATH).orElse("/data"))
                            .build());
        }
        return new StatefulSetBuilder()
                .withMetadata(Keys.metadata(request, request.name()))
                .withNewSpec()
                .withServiceName(headlessName(request))
                .withReplicas(request.environment().rollout().replicas())
                .withRevisionHistoryLimit(parameters.integer(CommonParameters.REVISION_HISTORY))
                .withPodManagementPolicy(parameters.text(MANAGEMENT).orElse("OrderedReady"))
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(Keys.selector(request))
                .endSelector()
                .withTemplate(pods)
                .withVolumeClaimTemplates(claims)
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(ParameterValues parameters, String size) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(DATA)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(parameters.text(CLASS).orElse(null))
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .build();
    }
}
