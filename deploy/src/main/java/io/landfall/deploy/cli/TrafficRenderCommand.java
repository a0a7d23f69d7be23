package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints Services. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Prints the Services that lead to an application, as YAML. Needs no cluster.")
final class TrafficRenderCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Service service : new WaysIn(application.read()).services()) {
            out.print(Serialization.asYaml(service));
        }
        out.flush();
        return ExitCodes.DONE;
    }
}
