package io.landfall.deploy.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an order would do, before anybody accepts it.
 *
 * @param order what is wanted
 * @param replicas how many pods there are, or are to be where there are none
 * @param changes a line for each field that changes
 * @param warnings what somebody should know before it begins
 */
public record ReleasePlan(ReleaseOrder order, int replicas, List<String> changes, List<String> warnings) {

    /** Copies the lists. */
    public ReleasePlan {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("would release " + order.workload() + ", in " + sizes().size() + " batches: " + sizes());
        lines.add("  " + conduct(order.conduct()));
        changes.forEach(change -> lines.add("  " + Columns.plain(change)));
        if (changes.isEmpty()) {
            lines.add("  nothing changes");
        }
        return lines;
    }

    /** For scripts. */
    public ObjectNode json() {
        ObjectNode json = StatusJson.order(order);
        json.put("dryRun", true);
        sizes().forEach(json.putArray("batches")::add);
        changes.forEach(json.putArray("changes")::add);
        warnings.forEach(json.putArray("warnings")::add);
        return json;
    }

    private List<Integer> sizes() {
        return Plans.sizes(order, replicas);
    }

    private static String conduct(Conduct conduct) {
        String first = conduct.strategy() == Strategy.SURGE ? "new pods start first" : "old pods stop first";
        String next = conduct.advance() == Advance.MANUAL
                ? "a person admits each next batch"
                : "the next batch after " + conduct.soak().toSeconds() + " s";
        return first + "; " + next + "; a batch has " + conduct.batchDeadline().toSeconds() + " s; a failure: "
                + conduct.onFailure().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; "
                + conduct.gates().size() + " gates";
    }
}
