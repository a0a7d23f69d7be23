package io.landfall.deploy.doctor;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.release.StoredOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What releases change only while they run, where none does. */
record Leftovers(KubernetesClient client, String namespace) {

    private static final String RELEASE = "landfall.io/release";
    private static final String HELD = "landfall.io/held";
    /** No pod is ready for a year: who asks for that is a release. */
    private static final int A_YEAR = 365 * 24 * 3600;

    List<Finding> of(List<StoredOrder> orders) {
        Set<String> running = orders.stream()
                .filter(order -> order.outcome().isEmpty())
                .map(order -> order.order().workload().kind().kubernetes() + " "
                        + order.order().workload().name())
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        workloads()
                .filter(workload -> !running.contains(name(workload)) && unfinished(workload))
                .forEach(workload -> findings.add(workload(workload)));
        client.autoscaling().v1().horizontalPodAutoscalers().inNamespace(namespace).list().getItems().stream()
                .filter(scaler -> annotations(scaler).containsKey(HELD))
                .filter(scaler ->
                        !running.contains(scaler.getSpec().getScaleTargetRef().getKind() + " "
                                + scaler.getSpec().getScaleTargetRef().getName()))
                .forEach(scaler -> findings.add(Finding.warning(
                        "leftovers",
                        name(scaler) + " is held, and no release runs",
                        "release its workload again: that gives it back; its bounds are in the annotation " + HELD)));
        return findings.isEmpty() ? List.of(Finding.ok("leftovers", "none")) : findings;
    }

    private static Finding workload(HasMetadata workload) {
        return Finding.failure(
                "leftovers",
                name(workload) + " has the fields of a release, and none runs",
                "release it again, which sets them right: landfall release");
    }

    private Stream<HasMetadata> workloads() {
        return Stream.concat(
                client.apps().deployments().inNamespace(namespace).list().getItems().stream(),
                client.apps().statefulSets().inNamespace(namespace).list().getItems().stream());
    }

    private static boolean unfinished(HasMetadata workload) {
        // 'kubectl rollout undo' brings an old mark of a Deployment back, without the fields of a release.
        return workload instanceof Deployment deployment
                ? neverAvailable(deployment)
                : annotations(workload).containsKey(RELEASE);
    }

    private static boolean neverAvailable(Deployment deployment) {
        Integer seconds = deployment.getSpec().getMinReadySeconds();
        return seconds != null && seconds > A_YEAR;
    }

    private static Map<String, String> annotations(HasMetadata object) {
        Map<String, String> there = object.getMetadata().getAnnotations();
        return there == null ? new HashMap<>() : there;
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
