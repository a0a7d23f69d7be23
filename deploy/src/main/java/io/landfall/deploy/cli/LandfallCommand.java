package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.landfall.config.cli.SnapshotCommand;
import io.landfall.deploy.cli.instances.CatCommand;
import io.landfall.deploy.cli.instances.InstancesCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "landfall",
        mixinStandardHelpOptions = true,
        description = "Brings software into a cluster, batch by batch, and changes it there.",
        exitCodeListHeading = "%nIt ends with%n",
        exitCodeList = {
            "0:done",
            "1:refused, or it did not work; nothing is half done that an engine does not finish",
            "2:called wrongly",
            "3:rolled back, where that was not asked for",
            "4:it stands still until a person says something: paused, held after a failure, waiting for 'next', ended half way",
            "5:--timeout is over, and the release goes on",
            "6:the cluster does not answer; try again"
        })
public final class LandfallCommand implements Runnable {

    private static final int REQUEST_TIMEOUT = 15_000;
    private static final int CONNECT_TIMEOUT = 5_000;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private LandfallCommand() {}

    /** Called by Java. */
    public static void main(String... arguments) {
        boolean engine = arguments.length > 0 && arguments[0].equals("engine");
        logBy("defaultLogLevel", engine ? "info" : "warn");
        // It tells of each attempt with its stack; what comes of them is said in one line.
        logBy("log.io.fabric8.kubernetes.client.informers.impl", "error");
        // It warns of beta versions, and an old API server has no other of some kinds.
        logBy("log.io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", "error");
        logBy("showDateTime", "true");
        logBy("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        logBy("showThreadName", "false");
        logBy("showShortLogName", "true");
        System.exit(commandLine(new Surroundings(
                        System.getenv(),
                        Clock.systemUTC(),
                        LandfallCommand::cluster,
                        LandfallCommand::desk,
                        Termination::bySignal))
                .execute(arguments));
    }

    /** For the simple logger of the runnable jar, where nobody says otherwise. */
    private static void logBy(String property, String value) {
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger." + property, value);
    }

    /** The parser, and what it starts. */
    static CommandLine commandLine(Surroundings around) {
        CommandLine program = new CommandLine(new LandfallCommand())
                .addSubcommand(new ReleaseCommand(around))
                .addSubcommand(new StatusCommand(around))
                .addSubcommand(new NextCommand(around))
                .addSubcommand(new PauseCommand(around))
                .addSubcommand(new ResumeCommand(around))
                .addSubcommand(new AbortCommand(around))
                .addSubcommand(new RollbackCommand(around))
                .addSubcommand(new ScaleCommand(around))
                .addSubcommand(new RenderCommand(around))
                .addSubcommand(new DiffCommand(around))
                .addSubcommand(TrafficCommand.commandLine(around))
                .addSubcommand(ImageCommand.commandLine(around))
                .addSubcommand(new EngineCommand(around))
                .addSubcommand(new RoleCommand())
                .addSubcommand(new DoctorCommand(around))
                .addSubcommand(InstancesCommand.commandLine(
                        around.environment(), () -> around.clusters().apply(Place.USUAL)))
                .addSubcommand(CatCommand.commandLine())
                .addSubcommand(new CompletionCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> Errors.refuse(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> Errors.explain(failed, command));
        // After the settings above, which would replace its own.
        CommandLine config = SnapshotCommand.commandLine(around.environment());
        config.setCommandName("config");
        return program.addSubcommand("config", config);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static ReleaseDesk desk(Place place) {
        return ClusterDesk.open(cluster(place), Clock.systemUTC());
    }

    /** The client's own attempts are off: those of the house take their place. */
    private static KubernetesClient cluster(Place place) {
        Config base = place.kubeconfig()
                .map(file -> fromFile(file, place))
                .orElseGet(() -> Config.autoConfigure(place.context().orElse(null)));
        ConfigBuilder config = new ConfigBuilder(base)
                .withRequestTimeout(REQUEST_TIMEOUT)
                .withConnectionTimeout(CONNECT_TIMEOUT)
                .withRequestRetryBackoffLimit(0);
        place.namespace().ifPresent(config::withNamespace);
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    private static Config fromFile(Path file, Place place) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: name another one");
        }
        return Config.fromKubeconfig(place.context().orElse(null), file.toFile());
    }
}
