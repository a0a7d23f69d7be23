package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Completes a workload with what the modules of the house look for. What its template says already stays. */
final class Wiring {

    private static final Map<String, String> DOWNWARD = new LinkedHashMap<>();

    static {
        DOWNWARD.put("POD_NAME", "metadata.name");
        DOWNWARD.put("POD_NAMESPACE", "metadata.namespace");
        DOWNWARD.put("POD_IP", "status.podIP");
    }

    private final RenderRequest request;
    private final Settings settings;
    private final LandfallVolumes volumes;

    Wiring(RenderRequest request) {
        this.request = request;
        this.settings = new Settings(request);
        this.volumes = new LandfallVolumes(request);
    }

    void complete(HasMetadata workload) {
        ObjectMeta metadata = workload.getMetadata();
        metadata.setNamespace(request.environment().place().namespace());
        metadata.setLabels(below(metadata.getLabels(), Keys.versioned(request)));
        metadata.setAnnotations(below(metadata.getAnnotations(), Keys.annotations(request)));
        Pods.template(workload).ifPresent(this::complete);
    }

    private void complete(PodTemplateSpec pods) {
        ObjectMeta metadata = Optional.ofNullable(pods.getMetadata()).orElseGet(ObjectMeta::new);
        metadata.setLabels(below(metadata.getLabels(), Keys.versioned(request)));
        metadata.setAnnotations(below(metadata.getAnnotations(), Keys.podAnnotations(request)));
        pods.setMetadata(metadata);
        PodSpec spec = pods.getSpec();
        if (spec.getTerminationGracePeriodSeconds() == null) {
            spec.setTerminationGracePeriodSeconds(settings.gracePeriod());
        }
        if (spec.getEnableServiceLinks() == null) {
            // Variables that Kubernetes names after Services would be taken for settings: ORDERS_PORT.
            spec.setEnableServiceLinks(false);
        }
        addVolumes(spec);
        Map<String, String> common = settings.common(spec.getTerminationGracePeriodSeconds());
        Pods.main(spec, request.name()).ifPresent(container -> complete(container, common));
    }

    private void addVolumes(PodSpec spec) {
        List<Volume> all = new ArrayList<>(spec.getVolumes());
        volumes.volumes().stream()
                .filter(volume -> all.stream().noneMatch(own -> own.getName().equals(volume.getName())))
                .toList()
                .forEach(all::add);
        spec.setVolumes(all);
    }

    private void complete(Container container, Map<String, String> common) {
        List<VolumeMount> mounts = new ArrayList<>(container.getVolumeMounts());
        volumes.mounts().stream()
                .filter(mount ->
                        mounts.stream().noneMatch(own -> own.getMountPath().equals(mount.getMountPath())))
                .toList()
                .forEach(mounts::add);
        container.setVolumeMounts(mounts);
        container.setEnv(environment(container.getEnv(), common));
    }

    /** The downward API first: variables that come later may refer to it. */
    private static List<EnvVar> environment(List<EnvVar> own, Map<String, String> common) {
        Map<String, EnvVar> all = new LinkedHashMap<>();
        DOWNWARD.forEach((name, field) -> all.put(name, fromPod(name, field)));
        common.forEach((name, value) -> all.put(name, new EnvVar(name, value, null)));
        // A variable moves to its own place: others of the template may refer to it, in their order.
        own.forEach(variable -> all.remove(variable.getName()));
        own.forEach(variable -> all.put(variable.getName(), variable));
        return List.copyOf(all.values());
    }

    private static EnvVar fromPod(String name, String field) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(field)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    private static Map<String, String> below(@Nullable Map<String, String> own, Map<String, String> added) {
        Map<String, String> all = new TreeMap<>(added);
        if (own != null) {
            all.putAll(own);
        }
        return all;
    }
}
