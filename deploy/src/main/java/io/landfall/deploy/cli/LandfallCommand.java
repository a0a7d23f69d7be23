package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.deploy.RefusedException;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Ends with 0; with 1 when something was refused or did not work; with 2 when it was called wrongly. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = "Brings software into a cluster and changes it there.")
public final class DeployCommand implements Runnable {

    private static final int REQUEST_TIMEOUT = 15_000;
    private static final int CONNECT_TIMEOUT = 5_000;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DeployCommand() {}

    /** Called by Java. */
    public static void main(String... arguments) {
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.exit(commandLine(System.getenv(), DeployCommand::cluster).execute(arguments));
    }

    /**
     * The parser, and what it starts.
     *
     * @param environment the variables that may have passwords
     * @param clusters opens a connection to the cluster
     */
    static CommandLine commandLine(Map<String, String> environment, Supplier<KubernetesClient> clusters) {
        CommandLine instances = new CommandLine(new InstancesCommand())
                .addSubcommand(new RenderCommand())
                .addSubcommand(new PlanCommand(clusters))
                .addSubcommand(new DiffCommand(environment, clusters))
                .addSubcommand(new ApplyCommand(environment, clusters));
        CommandLine cat = new CommandLine(new CatCommand()).addSubcommand(new SqlCommand());
        return new CommandLine(new DeployCommand())
                .addSubcommand(instances)
                .addSubcommand(cat)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> explain(failed, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: instances or cat");
    }

    /** The client's own attempts are off: those of the house take their place. */
    private static KubernetesClient cluster() {
        Config config = new ConfigBuilder()
                .withRequestTimeout(REQUEST_TIMEOUT)
                .withConnectionTimeout(CONNECT_TIMEOUT)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failed, CommandLine command) throws Exception {
        boolean expected = failed instanceof RefusedException
                || failed instanceof IllegalArgumentException
                || failed instanceof KubernetesClientException;
        if (expected) {
            command.getErr().println(failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failed;
    }
}
