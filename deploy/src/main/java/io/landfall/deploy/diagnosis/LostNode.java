package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod whose node no longer answers: what it last said of the pod still stands there. */
final class LostNode {

    private LostNode() {}

    static Optional<Trouble> of(Sight sight) {
        if (!"NodeLost".equals(sight.status().getReason()) && !unreadyByOthers(sight)) {
            return Optional.empty();
        }
        return Optional.of(
                sight.trouble(
                        Kind.NODE_LOST,
                        "its node" + sight.node().map(name -> " " + name).orElse("") + " no longer answers"
                                + since(sight),
                        "ask whoever runs the cluster to look at the node; the pod is replaced some minutes after the node was lost"));
    }

    /** Only the control plane says of a pod whose containers are all ready that it is not: when its node is silent. */
    private static boolean unreadyByOthers(Sight sight) {
        List<ContainerSight> containers =
                sight.containers().stream().filter(one -> !one.init()).toList();
        return !containers.isEmpty()
                && containers.stream().allMatch(ContainerSight::ready)
                && sight.condition("Ready")
                        .filter(ready -> "False".equals(ready.getStatus()) && ready.getReason() == null)
                        .isPresent()
                && sight.spec().getReadinessGates().stream().allMatch(gate -> sight.isTrue(gate.getConditionType()))
                && sight.events(Set.of("NodeNotReady")).findAny().isPresent();
    }

    private static String since(Sight sight) {
        return sight.condition("Ready")
                .map(PodCondition::getLastTransitionTime)
                .flatMap(Times::parse)
                .map(time -> " (for " + Times.shown(sight.since(time)) + ")")
                .orElse("");
    }
}
