package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a workload has fewer pods than it asks for: they could not even be made. */
public final class WorkloadTrouble {

    /** {@code Error creating: ...} of a ReplicaSet, {@code create Pod web-0 in StatefulSet web failed error: ...}. */
    private static final Pattern PREFACE =
            Pattern.compile("^(?:Error creating: |create (?:Pod|Claim) .*? in StatefulSet \\S+ failed error: )+");

    private WorkloadTrouble() {}

    /**
     * Of a Deployment.
     *
     * @param sets its ReplicaSets; where they have nothing to say, neither has an old event
     * @param events of these ReplicaSets, in any order
     * @return empty if its pods could be made
     */
    public static Optional<Trouble> of(Deployment deployment, List<ReplicaSet> sets, List<Event> events) {
        boolean failing =
                conditions(deployment).anyMatch(condition -> failed(condition.getType(), condition.getStatus()))
                        || sets.stream().anyMatch(WorkloadTrouble::failing);
        return failing
                ? said(deployment, sets, events)
                        .map(message -> Refusal.trouble(
                                "Deployment " + deployment.getMetadata().getName(), bare(message)))
                : Optional.empty();
    }

    /**
     * Of a StatefulSet.
     *
     * @param events of it, in any order
     * @return empty if its pods could be made
     */
    public static Optional<Trouble> of(StatefulSet set, List<Event> events) {
        int asked = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        Integer there = set.getStatus() == null ? null : set.getStatus().getReplicas();
        if (there != null && there >= asked) {
            return Optional.empty();
        }
        return newest(events)
                .map(message ->
                        Refusal.trouble("StatefulSet " + set.getMetadata().getName(), bare(message)));
    }

    private static Stream<DeploymentCondition> conditions(Deployment deployment) {
        return deployment.getStatus() == null ? Stream.empty() : deployment.getStatus().getConditions().stream();
    }

    private static boolean failing(ReplicaSet set) {
        return set.getStatus() != null
                && set.getStatus().getConditions().stream()
                        .anyMatch(condition -> failed(condition.getType(), condition.getStatus()));
    }

    private static boolean failed(String type, String status) {
        return "ReplicaFailure".equals(type) && "True".equals(status);
    }

    private static Optional<String> said(Deployment deployment, List<ReplicaSet> sets, List<Event> events) {
        return newest(events)
                .or(() -> sets.stream()
                        .filter(WorkloadTrouble::failing)
                        .flatMap(set -> set.getStatus().getConditions().stream())
                        .filter(condition -> failed(condition.getType(), condition.getStatus()))
                        .map(condition -> condition.getMessage())
                        .findFirst())
                .or(() -> conditions(deployment)
                        .filter(condition -> failed(condition.getType(), condition.getStatus()))
                        .map(DeploymentCondition::getMessage)
                        .findFirst());
    }

    private static Optional<String> newest(List<Event> events) {
        return events.stream()
                .filter(event -> "FailedCreate".equals(event.getReason()) && event.getMessage() != null)
                .max(Comparator.comparing(Times::of))
                .map(Event::getMessage);
    }

    private static String bare(String message) {
        return PREFACE.matcher(message).replaceFirst("");
    }
}
