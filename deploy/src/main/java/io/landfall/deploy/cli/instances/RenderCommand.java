package io.landfall.deploy.cli.instances;

import io.landfall.deploy.kubernetes.StatefulTemplate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a table becomes. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Prints the objects that the table becomes, as YAML. Needs no cluster. A password is not shown.")
final class RenderCommand implements Callable<Integer> {

    @Mixin
    private TableFile table = new TableFile();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(StatefulTemplate.yaml(StatefulTemplate.render(table.read(), Passwords.hidden())));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
