package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.StoredOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Goes back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Brings back what was there before, image and configuration as one.",
            "A release that runs goes back from wherever it is; after one that has ended, a new order does it."
        })
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private DirectiveOptions options = new DirectiveOptions();

    @Mixin
    private ConductOptions conduct = new ConductOptions();

    @Option(
            names = "--to-revision",
            paramLabel = "N",
            description = "Which revision, as kubectl rollout history counts them (default: the one before).")
    private @Nullable Long revision;

    @Option(names = "--at-once", description = "All pods at once instead of in batches.")
    private boolean atOnce;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    RollbackCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ReleaseDesk desk = around.desks().apply(options.place())) {
            Optional<StoredOrder> last = options.workload().order(desk);
            if (last.filter(order -> order.outcome().isEmpty()).isEmpty()) {
                return order(desk, last);
            }
        }
        if (revision != null) {
            throw options.workload()
                    .refused(
                            "its release runs, and goes back to what was there before it only",
                            "say landfall rollback without --to-revision, or landfall abort --stay first");
        }
        if (dryRun) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dry-run: its release runs, and would go back to what status shows after 'from'");
        }
        String by = options.author(around.environment());
        return options.say(around, spec, "goes back", Result.ROLLED_BACK, (desk, order) -> order.directive()
                .back(atOnce, by));
    }

    private int order(ReleaseDesk desk, Optional<StoredOrder> last) throws InterruptedException {
        Terms usual = UsualTerms.of(last, conduct, options.author(around.environment()));
        Terms terms = atOnce ? UsualTerms.atOnce(usual) : usual;
        boolean back = last.flatMap(StoredOrder::outcome)
                .filter(outcome -> outcome.result() == Result.ROLLED_BACK)
                .isPresent();
        if (back && revision == null) {
            throw options.workload()
                    .refused(
                            "its last release was rolled back already: the revision before is the one that it came back from",
                            "say --to-revision N, as kubectl rollout history counts them");
        }
        OptionalLong wanted = revision == null ? OptionalLong.empty() : OptionalLong.of(revision);
        return options.place(
                around, spec, desk, new Request.Rollback(options.workload().name(desk), wanted, terms), dryRun);
    }
}
