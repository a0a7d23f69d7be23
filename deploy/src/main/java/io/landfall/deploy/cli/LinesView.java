package io.landfall.deploy.cli;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.report.Columns;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.StatusText;
import io.landfall.deploy.report.Trouble;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/** A line for each change, with its time: for logs. */
final class LinesView implements ProgressView {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<Trouble> told = new HashSet<>();
    private String last = "";

    LinesView(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void show(ReleaseStatus status, Instant now) {
        String headline = StatusText.headline(status);
        if (!headline.equals(last)) {
            out.println(Columns.plain(StatusText.logLine(status, now)));
            last = headline;
        }
        told.retainAll(status.troubles());
        for (Trouble trouble : status.troubles()) {
            if (told.add(trouble)) {
                out.println(Columns.plain(now.truncatedTo(ChronoUnit.SECONDS) + " "
                        + status.order().id() + "   " + StatusText.trouble(trouble)));
            }
        }
    }

    @Override
    public void lost(ReleaseOrder order) {
        err.println(order.id() + ": it is no longer the order of " + order.workload());
    }

    @Override
    public void timedOut(ReleaseOrder order) {
        err.println(order.id() + ": not waited for any longer; landfall status "
                + order.workload().name() + " -n " + order.workload().namespace() + " --wait goes on");
    }

    @Override
    public void close() {
        out.flush();
    }
}
