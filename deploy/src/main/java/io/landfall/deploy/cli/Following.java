package io.landfall.deploy.cli;

import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.StatusJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What comes after a word of somebody: a line, or all that happens until the release stands still. */
record Following(Surroundings around, CommandSpec spec, ReleaseDesk desk, OutputOption output, WaitOptions waiting) {

    /** Time passes without an event: pods are ready for longer and longer. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Returns what the program ends with. */
    int after(StoredOrder order, String said, Result asked) throws InterruptedException {
        if (waiting.wanted()) {
            return follow(order.order(), order.directive().said(), asked);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(OutputOption.pretty(StatusJson.of(status(order))));
        } else {
            out.println(order.order().id() + ": " + said);
        }
        if (order.outcome().isEmpty() && desk.engine().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("No engine runs in " + desk.namespace()
                            + ", so nothing happens: start one with landfall engine -n " + desk.namespace()
                            + ", or add --wait and be it.");
        }
        return ExitCodes.DONE;
    }

    private int follow(ReleaseOrder order, int said, Result asked) throws InterruptedException {
        Optional<Instant> end = waiting.timeout().map(around.clock().instant()::plus);
        try (Substitute engine = new Substitute(desk);
                ProgressView view = ProgressView.of(output, waiting, spec.commandLine())) {
            while (true) {
                engine.standIn();
                Optional<StoredOrder> stored =
                        desk.cluster().order(order.workload()).filter(now -> isSame(order, now));
                if (stored.isEmpty()) {
                    view.lost(order);
                    return ExitCodes.REFUSED;
                }
                ReleaseStatus status = status(stored.get());
                view.show(status, around.clock().instant());
                // A cache may not have what was just said.
                if (status.settled() && stored.get().directive().said() >= said) {
                    return ExitCodes.of(status, asked);
                }
                if (end.filter(around.clock().instant()::isAfter).isPresent()) {
                    view.timedOut(order);
                    return ExitCodes.TIMED_OUT;
                }
                desk.awaitChange(LOOK);
            }
        }
    }

    private static boolean isSame(ReleaseOrder order, StoredOrder now) {
        return now.order().id().equals(order.id());
    }

    private ReleaseStatus status(StoredOrder stored) {
        return ReleaseStatus.of(
                stored, desk.cluster().workload(stored.order()), around.clock().instant());
    }
}
