package io.landfall.deploy.cli;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ends a release. */
@Command(name = "abort", mixinStandardHelpOptions = true, description = "Ends a release half way, or takes it back.")
final class AbortCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    @ArgGroup(multiplicity = "1")
    private End end = new End();

    @Option(names = "--at-once", description = "With --back: all pods at once instead of in batches.")
    private boolean atOnce;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    AbortCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (atOnce && !end.back) {
            throw new ParameterException(spec.commandLine(), "--at-once goes with --back");
        }
        String by = options.author(around.environment());
        return end.stay
                ? options.say(around, spec, "ends where it is", Result.STAYED, (desk, order) -> order.directive()
                        .say(Wish.STAY, by))
                : options.say(around, spec, "goes back", Result.ROLLED_BACK, (desk, order) -> order.directive()
                        .back(atOnce, by));
    }

    /** What it ends with. */
    private static final class End {

        @Option(names = "--stay", description = "Leave some pods new and some old, and the workload paused.")
        private boolean stay;

        @Option(names = "--back", description = "Go back to what was there before.")
        private boolean back;
    }
}
