package io.landfall.deploy.diagnosis;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A pod that its node cannot connect to the network. */
final class Sandbox {

    private static final Set<String> MAKING = Set.of("ContainerCreating", "PodInitializing");
    private static final Pattern PREFACE = Pattern.compile(
            "^Failed (?:to )?create pod sandbox: |rpc error: code = \\w+ desc = |failed to (?:set ?up|create) (?:sandbox container|network for sandbox|pod sandbox) \"?[0-9a-f]{12,}\"?( network for pod \"[^\"]*\")?: ");

    private Sandbox() {}

    static Optional<Trouble> of(Sight sight) {
        if (!beingMade(sight)) {
            return Optional.empty();
        }
        return sight.events(Set.of("FailedCreatePodSandBox"))
                .findFirst()
                .map(event -> sight.trouble(
                        Kind.NETWORK,
                        "its network cannot be made" + sight.onNode() + ": "
                                + OneLine.of(PREFACE.matcher(event.getMessage()).replaceAll("")),
                        "ask whoever runs the cluster to look at the node's network plugin"));
    }

    /** Whether no container has begun: what events say of volumes and network may still hold. */
    static boolean beingMade(Sight sight) {
        return sight.containers().stream()
                .allMatch(container -> container.running().isEmpty()
                        && container.terminated().isEmpty()
                        && container.endedBefore().isEmpty()
                        && (container.waitsFor().isEmpty() || MAKING.contains(container.waitsFor())));
    }
}
