package io.landfall.deploy.cli;

import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadView;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Admits a batch. */
@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        description = "Admits the next batch of a release that asks for it. A paused one goes on.")
final class NextCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    NextCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        String by = options.author(around.environment());
        return options.say(around, spec, "the next batch is admitted", Result.DONE, (desk, order) -> order.directive()
                .admit(next(desk, order), by));
    }

    /** Said twice of one batch, it is one batch that was admitted. */
    private int next(ReleaseDesk desk, StoredOrder order) {
        Optional<Progress> progress = desk.cluster()
                .workload(order.order())
                .flatMap(WorkloadView::progress)
                .filter(running -> running.order().equals(order.order().id()));
        progress.flatMap(Progress::hold).ifPresent(why -> {
            throw options.workload()
                    .refused("its batch has failed: " + why, "say landfall resume, or landfall rollback");
        });
        return progress.map(Progress::batch).orElse(0) + 1;
    }
}
