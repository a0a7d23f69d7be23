package io.landfall.deploy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Images, by their names. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "How images are named, and where they come from.")
final class ImageCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new ImageCommand())
                .addSubcommand(new ImageTagCommand(around))
                .addSubcommand(new ImageTraceCommand(around));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: tag or trace");
    }
}
