package io.landfall.registry.cli;

import io.landfall.registry.RegistryException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Ends with 0, with 1 when something did not work, and with 2 when it was told something wrong. */
@Command(
        name = "service-registry",
        mixinStandardHelpOptions = true,
        description = "Registers the process beside it, at the address that the world outside can reach.")
public final class RegistryCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RegistryCommand() {}

    /** Called by Java. */
    public static void main(String... arguments) {
        // The log of a container has a time in each line.
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.showDateTime", "true");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.showThreadName", "false");
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.showShortLogName", "true");
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** The parser, and what it starts. */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new RegistryCommand())
                .addSubcommand(new RegisterCommand(environment))
                .addSubcommand(new WithdrawCommand(environment))
                // Each command complains about these with everything else.
                .setUnmatchedArgumentsAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> explain(failed, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: register or withdraw");
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failed, CommandLine command) throws Exception {
        boolean expected = failed instanceof IllegalStateException
                || failed instanceof IllegalArgumentException
                || failed instanceof RegistryException;
        if (expected) {
            command.getErr().println(failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failed;
    }
}
