package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.traffic.TrafficPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the ways in. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the ways in to an application, by server-side apply. Can be repeated.",
            "An address or a port that leads elsewhere is refused, unless somebody agrees."
        })
final class TrafficApplyCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Option(names = "--take-over", description = "Take addresses and ports that lead elsewhere now.")
    private boolean takeOver;

    @Option(names = "--force-conflicts", description = "Take fields that somebody else has set meanwhile.")
    private boolean force;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    TrafficApplyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Chosen chosen = application.read();
        PrintWriter out = spec.commandLine().getOut();
        WaysIn waysIn = new WaysIn(chosen);
        try (KubernetesClient client = around.clusters().apply(chosen.place())) {
            List<TrafficPlan> plans = waysIn.plan(client);
            plans.forEach(plan -> plan.lines().forEach(out::println));
            waysIn.cluster(client).apply(plans, takeOver, force, out::println);
        }
        return ExitCodes.DONE;
    }
}
