package io.landfall.deploy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ways in to an application. */
@Command(name = "traffic", mixinStandardHelpOptions = true, description = "The ways in to an application.")
final class TrafficCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new TrafficCommand())
                .addSubcommand(new TrafficRenderCommand())
                .addSubcommand(new TrafficDiffCommand(around))
                .addSubcommand(new TrafficApplyCommand(around));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: render, diff or apply");
    }
}
