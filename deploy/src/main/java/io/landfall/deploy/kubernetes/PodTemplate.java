package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.landfall.deploy.Container;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.InstanceTable.OnChange;
import io.landfall.deploy.Port;
import io.landfall.deploy.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pod that all instances are made from. */
final class PodTemplate {

    private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
    private static final int PERIOD = 5;
    /** Times the period: how long a start may take. */
    private static final int STARTS = 120;

    private static final int MISSES_UNTIL_KILLED = 12;
    /** Writing out what CAT has in memory takes a while. */
    private static final long CAT_GRACE = 180;

    private static final long GRACE = 60;

    private final InstanceTable table;
    private final Container container;
    private final Files files;
    private final Mounts mounts;

    PodTemplate(InstanceTable table, Files files) {
        this.table = table;
        this.container = table.container();
        this.files = files;
        this.mounts = new Mounts(table);
    }

    PodTemplateSpec spec() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Names.labels(table))
                .withAnnotations(annotations())
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                // Variables that Kubernetes names after Services would be taken for settings: CAT_PORT.
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(table.cat().isPresent() ? CAT_GRACE : GRACE)
                .withTopologySpreadConstraints(spread())
                .withContainers(container())
                .withVolumes(mounts.volumes())
                .endSpec()
                .build();
    }

    private Map<String, String> annotations() {
        return table.onChange() == OnChange.RESTART ? Map.of(Names.CONFIG_HASH, files.hash()) : Map.of();
    }

    private TopologySpreadConstraint spread() {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Names.selector(table))
                .endLabelSelector()
                .build();
    }

    private io.fabric8.kubernetes.api.model.Container container() {
        return new ContainerBuilder()
                .withName(table.name())
                .withImage(container.image())
                .withCommand(container.command())
                .withEnv(environment())
                .withPorts(container.ports().stream()
                        .map(port -> new ContainerPortBuilder()
                                .withName(port.name())
                                .withContainerPort(port.number())
                                .withProtocol("TCP")
                                .build())
                        .toList())
                .withResources(container.resources().map(PodTemplate::resources).orElse(null))
                .withStartupProbe(probe(container.probe(), STARTS))
                .withReadinessProbe(probe(container.probe(), 1))
                .withLivenessProbe(connects(container.ports().get(0)))
                .withLifecycle(lifecycle())
                .withVolumeMounts(mounts.mounts())
                .build();
    }

    private List<EnvVar> environment() {
        List<EnvVar> environment = new ArrayList<>(List.of(
                fromPod("POD_NAME", "metadata.name"),
                fromPod("POD_NAMESPACE", "metadata.namespace"),
                fromPod("POD_IP", "status.podIP")));
        Map<String, String> named = new TreeMap<>(container.environment());
        container
                .agent()
                .ifPresent(jar -> named.merge(TOOL_OPTIONS, "-javaagent:" + jar, (own, agent) -> agent + " " + own));
        named.forEach((name, value) -> environment.add(
                new EnvVarBuilder().withName(name).withValue(value).build()));
        return environment;
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

    private static io.fabric8.kubernetes.api.model.Probe probe(Probe probe, int failures) {
        ProbeBuilder builder = new ProbeBuilder().withPeriodSeconds(PERIOD).withFailureThreshold(failures);
        Optional<String> path = probe.path();
        return path.isPresent()
                ? builder.withNewHttpGet()
                        .withPath(path.get())
                        .withNewPort(probe.port().name())
                        .endHttpGet()
                        .build()
                : builder.withNewTcpSocket()
                        .withNewPort(probe.port().name())
                        .endTcpSocket()
                        .build();
    }

    /** A process that is busy is not killed for a slow answer: only for one that no longer accepts connections. */
    private static io.fabric8.kubernetes.api.model.Probe connects(Port port) {
        return new ProbeBuilder()
                .withPeriodSeconds(PERIOD)
                .withFailureThreshold(MISSES_UNTIL_KILLED)
                .withNewTcpSocket()
                .withNewPort(port.name())
                .endTcpSocket()
                .build();
    }

    /** CAT writes the hour that it has in memory to its disk, and has it again after the start. */
    private @Nullable Lifecycle lifecycle() {
        return table.cat().isEmpty()
                ? null
                : new LifecycleBuilder()
                        .withNewPreStop()
                        .withNewHttpGet()
                        .withPath("/cat/r/home?op=checkpoint")
                        .withNewPort("http")
                        .endHttpGet()
                        .endPreStop()
                        .build();
    }

    private static ResourceRequirements resources(Container.Resources resources) {
        Quantity memory = new Quantity(resources.memory());
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(resources.cpu()))
                .addToRequests("memory", memory)
                .addToLimits("memory", memory)
                .build();
    }
}
