package io.landfall.deploy.cli.instances;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What only CAT needs. */
@Command(name = "cat", mixinStandardHelpOptions = true, description = "What CAT needs beside its pods.")
public final class CatCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CatCommand() {}

    /** The command, and those below it. */
    public static CommandLine commandLine() {
        return new CommandLine(new CatCommand()).addSubcommand(new SqlCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: sql");
    }
}
