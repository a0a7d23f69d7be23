package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.report.ReleasePlan;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** An order from being asked for to being accepted, and what somebody sees of it. */
record Placing(Surroundings around, CommandSpec spec, OutputOption output, WaitOptions waiting) {

    /** Returns what the program ends with. */
    int place(ReleaseDesk desk, Request request, boolean dryRun) throws InterruptedException {
        Draft draft = desk.draft(request);
        if (dryRun) {
            print(draft.plan());
            return ExitCodes.DONE;
        }
        draft.warnings().forEach(this::warn);
        StoredOrder order = desk.cluster().accept(draft.order()).orElseThrow(() -> taken(request.workload()));
        return new Following(around, spec, desk, output, waiting).after(order, "accepted", Result.DONE);
    }

    private void print(ReleasePlan plan) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(OutputOption.pretty(plan.json()));
            return;
        }
        plan.lines().forEach(out::println);
        plan.warnings().forEach(this::warn);
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + warning);
    }

    static RefusedException taken(WorkloadName workload) {
        return new RefusedException(List.of(new Violation(
                workload.toString(),
                "another release of it has not ended",
                "wait for it, or end it: landfall status " + workload.name() + " -n " + workload.namespace())));
    }
}
