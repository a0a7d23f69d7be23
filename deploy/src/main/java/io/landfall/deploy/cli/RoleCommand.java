package io.landfall.deploy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the rights that are needed. */
@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description = {
            "Prints an account with exactly the rights that are needed, as YAML. Needs no cluster.",
            "  landfall role -n test | kubectl apply -f -"
        })
final class RoleCommand implements Runnable {

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NAME",
            description = "The namespace.")
    private String namespace = "";

    @Option(
            names = "--for",
            paramLabel = "WHOM",
            defaultValue = "engine",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Account whom = Account.ENGINE;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().print(whom.role().yaml(namespace));
        spec.commandLine().getOut().flush();
    }
}
