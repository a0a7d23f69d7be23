package io.landfall.config.cli;

import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program. Ends with 0, with 1 when something is refused, with 2 when it was told something wrong, and with 3 when a source or
 * store does not answer, so that it is worth another try.
 */
@Command(
        name = "config-snapshot",
        mixinStandardHelpOptions = true,
        description = "Publishes and looks after immutable, verifiable versions of configuration.")
public final class SnapshotCommand implements Runnable {

    static final int REFUSED = 1;
    static final int UNAVAILABLE = 3;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SnapshotCommand() {}

    /** Called by Java. */
    public static void main(String... arguments) {
        // What a command has done it says itself; the log adds what went wrong on the way.
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.showThreadName", "false");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.showShortLogName", "true");
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /**
     * The parser, and what it starts; also for a program that has these commands among its own.
     *
     * @param environment the variables that may have passwords
     */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new SnapshotCommand())
                .addSubcommand(new CheckCommand(environment))
                .addSubcommand(new PublishCommand(environment))
                .addSubcommand(new PublishHotCommand(environment))
                .addSubcommand(new UndoCommand())
                .addSubcommand(new ListCommand())
                .addSubcommand(new ShowCommand())
                .addSubcommand(new DiffCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new ExportCommand())
                .addSubcommand(new RetainCommand())
                // Each command complains about these with everything else.
                .setUnmatchedArgumentsAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> explain(failed, command));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failed, CommandLine command) throws Exception {
        if (failed instanceof SnapshotException refused) {
            refused.violations().forEach(v -> command.getErr().println(Lines.plain(v.toString())));
            return failed instanceof UnavailableException ? UNAVAILABLE : REFUSED;
        }
        throw failed;
    }
}
