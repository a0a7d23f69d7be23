package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Pods that are alike: {@code stateless}, {@code dubbo-provider}, {@code web}. */
final class DeploymentTemplate implements Template {

    private static final String A_QUARTER = "25%";
    private static final int PROGRESS_MARGIN = 60;

    private final ApplicationType type;
    private final Function<Settings, Map<String, String>> own;

    private DeploymentTemplate(
            String name, List<String> probes, List<String> preStop, Function<Settings, Map<String, String>> own) {
        this.type = new ApplicationType(name, Workload.DEPLOYMENT, CommonParameters.ofServices(probes, preStop));
        this.own = own;
    }

    /** Any process. Without Landfall in it, a sleep before it is told to stop is all that can be done for its callers. */
    static Template stateless() {
        return new DeploymentTemplate(
                "stateless",
                List.of("connect", "sidecar", "actuator", "none"),
                List.of("sleep", "none", "drain"),
                settings -> Map.of());
    }

    static Template dubboProvider() {
        return new DeploymentTemplate(
                "dubbo-provider",
                List.of("sidecar", "actuator", "connect", "none"),
                List.of("none", "sleep", "drain"),
                Settings::dubbo);
    }

    static Template web() {
        return new DeploymentTemplate(
                "web",
                List.of("actuator", "sidecar", "connect", "none"),
                List.of("none", "sleep", "drain"),
                settings -> both(settings.spring(), settings.dubbo()));
    }

    @Override
    public ApplicationType type() {
        return type;
    }

    @Override
    public Rendered render(RenderRequest request) {
        Settings settings = new Settings(request);
        PodTemplate pods = new PodTemplate(request, both(own.apply(settings), settings.sidecar()));
        List<HasMetadata> first =
                pods.files().configMap().map(List::<HasMetadata>of).orElse(List.of());
        return new Rendered(first, deployment(request, pods));
    }

    private static Deployment deployment(RenderRequest request, PodTemplate pods) {
        ParameterValues parameters = request.environment().parameters();
        int minReady = (int) parameters.duration(CommonParameters.MIN_READY).toSeconds();
        int startup =
                (int) parameters.duration(CommonParameters.STARTUP_DEADLINE).toSeconds();
        boolean surge = request.environment().rollout().conduct().strategy() == Strategy.SURGE;
        return new DeploymentBuilder()
                .withMetadata(Keys.metadata(request, request.name()))
                .withNewSpec()
                .withReplicas(request.environment().rollout().replicas())
                .withMinReadySeconds(minReady)
                .withProgressDeadlineSeconds(startup + minReady + PROGRESS_MARGIN)
                .withRevisionHistoryLimit(parameters.integer(CommonParameters.REVISION_HISTORY))
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                // Outside of releases, when somebody restarts it by hand.
                .withNewMaxSurge(surge ? A_QUARTER : "0%")
                .withNewMaxUnavailable(surge ? "0%" : A_QUARTER)
                .endRollingUpdate()
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(Keys.selector(request))
                .endSelector()
                .withTemplate(pods.serving())
                .endSpec()
                .build();
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(other);
        return all;
    }
}
