package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.landfall.e2e.cluster.TestNamespace;
import java.time.Duration;
import java.util.Map;

/** A Deployment of pods that do nothing, and are ready at once: for what only looks at pods come and go. */
public final class Idle {

    /** What it is called, and its pods' label {@code app}. */
    public static final String NAME = "idle";

    private final TestNamespace namespace;

    /** Not there yet. */
    public Idle(TestNamespace namespace) {
        this.namespace = namespace;
    }

    /** The Deployment with a variable that tells this version from others. */
    public Deployment rendered(String version, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", NAME))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(0))
                .withMaxUnavailable(new IntOrString(2))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", NAME))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName(NAME)
                .withImage(image())
                .withImagePullPolicy(namespace.cluster().pullPolicy())
                .addNewEnv()
                .withName("VERSION")
                .withValue(version)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private String image() {
        return image(namespace);
    }

    /** The one that every node has, under every pod. */
    static String image(TestNamespace namespace) {
        return namespace.cluster().script().isPresent() ? "landfall.test/pause:3.2" : "registry.k8s.io/pause:3.9";
    }

    /** What its specification is now. */
    public DeploymentSpec spec() {
        return deployment().getSpec();
    }

    /** Which version its template has. */
    public String version() {
        return spec().getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .get(0)
                .getValue();
    }

    /** Returns when nothing of earlier versions is left. */
    public void awaitQuiet() {
        Await.until(
                "the end of earlier pods",
                Duration.ofMinutes(1),
                () -> namespace.pods(NAME).size() == deployment().getSpec().getReplicas());
    }

    private Deployment deployment() {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(NAME)
                .require();
    }
}
