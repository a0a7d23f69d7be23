package io.landfall.deploy.cli;

import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a release go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Goes on after a pause, or after a failure, which is forgiven: its deadline begins anew.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    ResumeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        String by = options.author(around.environment());
        return options.say(around, spec, "goes on", Result.DONE, (desk, order) -> order.directive()
                .say(Wish.RUN, by));
    }
}
