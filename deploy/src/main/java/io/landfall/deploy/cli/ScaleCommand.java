package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.Terms;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Another number of pods. */
@Command(name = "scale", mixinStandardHelpOptions = true, description = "Changes the number of pods, in batches.")
final class ScaleCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    @Parameters(index = "1", paramLabel = "REPLICAS", description = "How many pods.")
    private int replicas;

    @Mixin
    private ConductOptions conduct = new ConductOptions();

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    ScaleCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ReleaseDesk desk = around.desks().apply(options.place())) {
            Terms terms = UsualTerms.of(options.workload().order(desk), conduct, options.author(around.environment()));
            return options.place(
                    around, spec, desk, new Request.Scale(options.workload().name(desk), replicas(), terms), dryRun);
        }
    }

    private int replicas() {
        if (replicas < 0) {
            throw new ParameterException(spec.commandLine(), "REPLICAS is " + replicas + ": write 0 or more");
        }
        return replicas;
    }
}
