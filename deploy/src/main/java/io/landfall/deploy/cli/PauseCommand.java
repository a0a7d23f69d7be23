package io.landfall.deploy.cli;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a release between two batches. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Admits no further batch. The one that runs is finished.")
final class PauseCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    PauseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        String by = options.author(around.environment());
        return options.say(
                around, spec, "paused; a batch that runs is finished", Result.DONE, (desk, order) -> order.directive()
                        .say(Wish.PAUSE, by));
    }
}
