package io.landfall.deploy.cli.instances;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with a table of instances. */
@Command(
        name = "instances",
        mixinStandardHelpOptions = true,
        description = "A StatefulSet with an address for each pod, from a table with a row for each.")
public final class InstancesCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private InstancesCommand() {}

    /**
     * The command, and those below it.
     *
     * @param environment the variables that may have passwords
     * @param clusters opens a connection to the cluster
     */
    public static CommandLine commandLine(Map<String, String> environment, Supplier<KubernetesClient> clusters) {
        return new CommandLine(new InstancesCommand())
                .addSubcommand(new RenderCommand())
                .addSubcommand(new PlanCommand(clusters))
                .addSubcommand(new DiffCommand(environment, clusters))
                .addSubcommand(new ApplyCommand(environment, clusters));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: render, plan, diff or apply");
    }
}
