package io.landfall.deploy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with a table of instances. */
@Command(
        name = "instances",
        mixinStandardHelpOptions = true,
        description = "A StatefulSet with an address for each pod, from a table with a row for each.")
final class InstancesCommand implements Runnable {

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: render, plan, diff or apply");
    }
}
