package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.StatusJson;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A document a line for each change: for scripts. */
final class DocumentView implements ProgressView {

    private final PrintWriter out;
    private String last = "";

    DocumentView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(ReleaseStatus status, Instant now) {
        ObjectNode json = StatusJson.of(status);
        String shown = json.toString();
        if (!shown.equals(last)) {
            out.println(json.put("at", now.truncatedTo(ChronoUnit.MILLIS).toString()));
            out.flush();
            last = shown;
        }
    }

    @Override
    public void lost(ReleaseOrder order) {
        out.println(Errors.document("lost", order.id() + " is no longer the order of " + order.workload()));
    }

    @Override
    public void timedOut(ReleaseOrder order) {
        out.println(Errors.document("timeout", order.id() + " is not waited for any longer"));
    }

    @Override
    public void close() {
        out.flush();
    }
}
