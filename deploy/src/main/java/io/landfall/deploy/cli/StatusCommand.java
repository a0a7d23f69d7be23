package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.StatusJson;
import io.landfall.deploy.report.StatusText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how releases are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows one release with the reason for each pod that is not ready, or all releases of a namespace.",
            "Without --wait it ends with 0, whatever the release is like."
        })
final class StatusCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "WORKLOAD", description = "A workload's name (default: all of them).")
    private @Nullable String one;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    StatusCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (one == null && waiting.wanted()) {
            throw new ParameterException(spec.commandLine(), "--wait needs a WORKLOAD to wait for");
        }
        try (ReleaseDesk desk = around.desks().apply(place.read())) {
            if (one == null) {
                all(desk);
                return ExitCodes.DONE;
            }
            StoredOrder order = WorkloadOption.of(one).known(desk);
            if (waiting.wanted()) {
                return new Following(around, spec, desk, output, waiting).after(order, "", Result.DONE);
            }
            print(status(desk, order));
            return ExitCodes.DONE;
        }
    }

    private void all(ReleaseDesk desk) {
        List<ReleaseStatus> all = desk.cluster().orders().stream()
                .sorted(Comparator.comparing(order -> order.order().workload().toString()))
                .map(order -> status(desk, order))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            all.forEach(status -> json.add(StatusJson.of(status)));
            out.println(OutputOption.pretty(json));
        } else if (all.isEmpty()) {
            out.println("no release is known in " + desk.namespace());
        } else {
            StatusText.table(all).forEach(out::println);
        }
    }

    private void print(ReleaseStatus status) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(OutputOption.pretty(StatusJson.of(status)));
        } else {
            StatusText.full(status).forEach(out::println);
        }
    }

    private ReleaseStatus status(ReleaseDesk desk, StoredOrder order) {
        return ReleaseStatus.of(
                order, desk.cluster().workload(order.order()), around.clock().instant());
    }
}
