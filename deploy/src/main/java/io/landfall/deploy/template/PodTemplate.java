package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.landfall.deploy.Port;
import io.landfall.deploy.application.DeployConfiguration;
import io.landfall.deploy.application.DeployConfiguration.Resources;
import io.landfall.deploy.application.DeployConfiguration.Variable;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.application.TrafficAccess.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the house's templates make pods from, before {@link Wiring} completes it. */
final class PodTemplate {

    private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    private final RenderRequest request;
    private final DeployConfiguration deploy;
    private final ParameterValues parameters;
    private final MountedFiles files;
    private final Map<String, String> settings;

    /** @param settings variables of this type, which the application may replace */
    PodTemplate(RenderRequest request, Map<String, String> settings) {
        this.request = request;
        this.deploy = request.environment().deploy();
        this.parameters = request.environment().parameters();
        this.files = new MountedFiles(request);
        this.settings = settings;
    }

    MountedFiles files() {
        return files;
    }

    /** Pods that serve until they are told to stop. */
    PodTemplateSpec serving() {
        Probes probes = new Probes(deploy, parameters);
        Container container = new ContainerBuilder(container())
                .withStartupProbe(probes.startup().orElse(null))
                .withReadinessProbe(probes.readiness().orElse(null))
                .withLivenessProbe(probes.liveness().orElse(null))
                .withLifecycle(lifecycle())
                .build();
        return new PodTemplateSpecBuilder(pod(container))
                .editSpec()
                .withTopologySpreadConstraints(spread().stream().toList())
                .endSpec()
                .build();
    }

    /** Pods that end by themselves. */
    PodTemplateSpec ending() {
        return new PodTemplateSpecBuilder(pod(container()))
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build();
    }

    private PodTemplateSpec pod(Container container) {
        Optional<String> account = parameters.text(CommonParameters.SERVICE_ACCOUNT);
        PodTemplateSpecBuilder pod = new PodTemplateSpecBuilder()
                .withNewSpec()
                .withServiceAccountName(account.orElse(null))
                .withAutomountServiceAccountToken(account.isPresent())
                .withPriorityClassName(
                        parameters.text(CommonParameters.PRIORITY_CLASS).orElse(null))
                .withContainers(container)
                .withVolumes(files.volumes())
                .endSpec();
        parameters.text(CommonParameters.PULL_SECRET).ifPresent(secret -> pod.editSpec()
                .addNewImagePullSecret(secret)
                .endSpec());
        return pod.build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(request.name())
                .withImage(request.image().toString())
                .withImagePullPolicy(
                        parameters.text(CommonParameters.PULL_POLICY).orElse(null))
                .withCommand(deploy.command())
                .withEnv(environment())
                .withPorts(deploy.ports().stream()
                        .map(port -> new ContainerPortBuilder()
                                .withName(port.name())
                                .withContainerPort(port.number())
                                .withProtocol(transport(port).name())
                                .build())
                        .toList())
                .withResources(deploy.resources().map(PodTemplate::resources).orElse(null))
                .withVolumeMounts(files.mounts())
                .build();
    }

    /** A Service finds a port by its name only among those of its own transport. */
    private Transport transport(Port port) {
        Set<Transport> used = request.environment().traffic().stream()
                .flatMap(access -> access.ports().stream())
                .filter(outside -> outside.target().equals(port.name()))
                .map(TrafficPort::transport)
                .collect(Collectors.toSet());
        return used.equals(Set.of(Transport.UDP)) ? Transport.UDP : Transport.TCP;
    }

    private List<EnvVar> environment() {
        Map<String, Variable> all = new TreeMap<>();
        settings.forEach((name, value) -> all.put(name, new Variable.Text(value)));
        all.putAll(deploy.variables());
        parameters.text(CommonParameters.AGENT).ifPresent(jar -> {
            Variable own = all.getOrDefault(TOOL_OPTIONS, new Variable.Text(""));
            if (own instanceof Variable.Text text) {
                all.put(TOOL_OPTIONS, new Variable.Text(("-javaagent:" + jar + " " + text.value()).strip()));
            }
        });
        return all.entrySet().stream()
                .map(entry -> variable(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static EnvVar variable(String name, Variable variable) {
        EnvVarBuilder built = new EnvVarBuilder().withName(name);
        if (variable instanceof Variable.FromSecret secret) {
            return built.withNewValueFrom()
                    .withNewSecretKeyRef(secret.key(), secret.secret(), null)
                    .endValueFrom()
                    .build();
        }
        if (variable instanceof Variable.FromConfigMap map) {
            return built.withNewValueFrom()
                    .withNewConfigMapKeyRef(map.key(), map.configMap(), null)
                    .endValueFrom()
                    .build();
        }
        return built.withValue(((Variable.Text) variable).value()).build();
    }

    /**
     * A process that hears SIGTERM and drains needs no hook. {@code /drain} is for this host alone, so a hook of kind {@code httpGet}, which
     * a kubelet sends, would be refused.
     */
    private @Nullable Lifecycle lifecycle() {
        List<String> command =
                switch (parameters.text(CommonParameters.PRE_STOP).orElse("none")) {
                    case "sleep" ->
                        List.of(
                                "sleep",
                                String.valueOf(parameters
                                        .duration(CommonParameters.PRE_STOP_SLEEP)
                                        .toSeconds()));
                    case "drain" ->
                        List.of(
                                "curl",
                                "-sS",
                                "http://127.0.0.1:" + parameters.integer(CommonParameters.PROBE_PORT) + "/drain");
                    default -> List.of();
                };
        return command.isEmpty()
                ? null
                : new LifecycleBuilder()
                        .withNewPreStop()
                        .withNewExec()
                        .withCommand(command)
                        .endExec()
                        .endPreStop()
                        .build();
    }

    private Optional<TopologySpreadConstraint> spread() {
        String over = parameters.text(CommonParameters.SPREAD).orElse("none");
        if (over.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(over.equals("zones") ? "topology.kubernetes.io/zone" : "kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Keys.selector(request))
                .endLabelSelector()
                .build());
    }

    private static ResourceRequirements resources(Resources resources) {
        Quantity memory = new Quantity(resources.memory());
        ResourceRequirementsBuilder built = new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(resources.cpu()))
                .addToRequests("memory", memory)
                .addToLimits("memory", memory);
        resources.cpuLimit().ifPresent(limit -> built.addToLimits("cpu", new Quantity(limit)));
        return built.build();
    }
}
