package io.landfall.deploy.cli;

import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.template.RenderRequest.Served;
import io.landfall.deploy.template.SnapshotMount;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what an application becomes. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description =
                "Prints the objects that an application becomes, as YAML. Needs no cluster; reads its configuration.")
final class RenderCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Mixin
    private VersionOptions versions = new VersionOptions();

    @Option(names = "--cron-job-beta", description = "For Kubernetes before 1.21.")
    private boolean beta;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    RenderCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Chosen chosen = application.read();
        ImageReference image = versions.image(chosen.environment())
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "say --image"));
        Rendering rendering = new Rendering(chosen, image, versions.commit(), configuration(chosen));
        spec.commandLine()
                .getOut()
                .print(rendering
                        .rendered(beta ? Served.CRON_JOB_BETA : Served.CURRENT)
                        .toYaml());
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }

    private Optional<SnapshotMount> configuration(Chosen chosen) {
        return versions.config(chosen.environment())
                .map(version -> new Configurations(new NoStore(), around.environment(), around.clock())
                        .publish(
                                chosen.application().name(),
                                version,
                                chosen.environment().config().orElseThrow(),
                                "",
                                true));
    }
}
