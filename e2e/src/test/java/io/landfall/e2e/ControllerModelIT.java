package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.landfall.deploy.model.RollingUpdate;
import io.landfall.deploy.model.RollingUpdate.Spec;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Idle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The model that batches are tried against is only worth something if the real controller does the same. */
@ExtendWith(KubernetesExtension.class)
class ControllerModelIT {

    private static final int CASES = 20;
    private static final int CHANGES = 4;
    private static final int MOST_PODS = 8;
    private static final int NEVER = 1_000_000_000;
    private static final long SEED = 20261123;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Random dice = new Random(SEED);

    @Proof(
            title = "The model of the Deployment's controller, and the real one",
            description =
                    "Twenty Deployments, each changed four times by chance (template, number of pods, maxSurge, maxUnavailable, paused): the"
                            + " real controller's ReplicaSets have the sizes that the model says.")
    @Tag("slow")
    @Test
    void shouldDoWhatTheModelSays(TestNamespace namespace) {
        for (int run = 1; run <= CASES; run++) {
            List<String> story = new ArrayList<>();
            Spec spec = new Spec(1 + dice.nextInt(MOST_PODS), "a", NEVER, "25%", "25%", false);
            List<RollingUpdate.ReplicaSet> model = List.of();
            String name = "model-" + run;
            for (int change = 0; change <= CHANGES; change++) {
                story.add(spec.toString());
                apply(namespace, name, spec);
                model = settled(spec, model);
                Map<String, Integer> expected = sizes(model);
                await(name + " " + story).atMost(BOUND).untilAsserted(() -> assertThat(real(namespace, name))
                        .as("after %s", story)
                        .isEqualTo(expected));
                spec = changed(spec);
            }
            namespace
                    .client()
                    .apps()
                    .deployments()
                    .inNamespace(namespace.name())
                    .withName(name)
                    .delete();
        }
    }

    private static List<RollingUpdate.ReplicaSet> settled(Spec spec, List<RollingUpdate.ReplicaSet> before) {
        List<RollingUpdate.ReplicaSet> now = RollingUpdate.pass(spec, before);
        return now.equals(before) ? now : settled(spec, now);
    }

    private static Map<String, Integer> sizes(List<RollingUpdate.ReplicaSet> sets) {
        Map<String, Integer> sizes = new TreeMap<>();
        sets.stream().filter(set -> set.replicas() > 0).forEach(set -> sizes.put(set.template(), set.replicas()));
        return sizes;
    }

    /** Once the controller has seen the newest specification; before that there is nothing to compare. */
    private static Map<String, Integer> real(TestNamespace namespace, String name) {
        Deployment deployment = namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(name)
                .require();
        assertThat(deployment.getStatus().getObservedGeneration())
                .isEqualTo(deployment.getMetadata().getGeneration());
        Map<String, Integer> sizes = new TreeMap<>();
        for (ReplicaSet set : namespace
                .client()
                .apps()
                .replicaSets()
                .inNamespace(namespace.name())
                .withLabel("app", name)
                .list()
                .getItems()) {
            if (set.getSpec().getReplicas() > 0) {
                sizes.put(version(set), set.getSpec().getReplicas());
            }
        }
        return sizes;
    }

    private static String version(ReplicaSet set) {
        return set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .get(0)
                .getValue();
    }

    /** One or two things at a time, as people do. */
    private Spec changed(Spec spec) {
        boolean template = dice.nextBoolean();
        int surge = dice.nextInt(3) * 25;
        int unavailable = surge == 0 ? 25 + dice.nextInt(4) * 25 : dice.nextInt(5) * 25;
        return new Spec(
                dice.nextInt(3) == 0 ? 1 + dice.nextInt(MOST_PODS) : spec.replicas(),
                template ? List.of("a", "b", "c").get(dice.nextInt(3)) : spec.template(),
                NEVER,
                surge + "%",
                unavailable + "%",
                dice.nextInt(5) == 0);
    }

    private static void apply(TestNamespace namespace, String name, Spec spec) {
        Deployment wanted = new DeploymentBuilder(new Idle(namespace).rendered(spec.template(), spec.replicas()))
                .editMetadata()
                .withName(name)
                .endMetadata()
                .editSpec()
                .withMinReadySeconds(NEVER)
                .withProgressDeadlineSeconds(NEVER + 1)
                .withPaused(spec.paused())
                .editSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .editStrategy()
                .editRollingUpdate()
                .withMaxSurge(new IntOrString(spec.maxSurge()))
                .withMaxUnavailable(new IntOrString(spec.maxUnavailable()))
                .endRollingUpdate()
                .endStrategy()
                .editTemplate()
                .editMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        namespace
                .client()
                .resource(wanted)
                .inNamespace(namespace.name())
                .forceConflicts()
                .serverSideApply();
    }
}
