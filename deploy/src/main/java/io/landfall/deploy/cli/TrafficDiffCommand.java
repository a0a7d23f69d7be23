package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what applying would do. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Prints what applying would change, and what it would take from somebody. Changes nothing.")
final class TrafficDiffCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    TrafficDiffCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Chosen chosen = application.read();
        try (KubernetesClient client = around.clusters().apply(chosen.place())) {
            new WaysIn(chosen).plan(client).forEach(plan -> plan.lines()
                    .forEach(spec.commandLine().getOut()::println));
        }
        return ExitCodes.DONE;
    }
}
