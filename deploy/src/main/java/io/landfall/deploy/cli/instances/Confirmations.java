package io.landfall.deploy.cli.instances;

import io.landfall.deploy.InstancePlan.Confirmed;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the caller agrees to. */
final class Confirmations {

    @Option(
            names = "--confirm-remove",
            paramLabel = "INSTANCE",
            description = "An instance that may go though it owns data, such as cat-3. Its volume is kept, and marked.")
    private Set<String> removals = new LinkedHashSet<>();

    @Option(
            names = "--confirm-move",
            paramLabel = "INSTANCE",
            description = "An instance that may get another address, such as cat-1.")
    private Set<String> moves = new LinkedHashSet<>();

    Confirmed read() {
        return new Confirmed(removals, moves);
    }
}
