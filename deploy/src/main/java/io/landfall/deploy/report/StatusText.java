package io.landfall.deploy.report;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.WorkloadName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A release in lines, for people. */
public final class StatusText {

    private StatusText() {}

    /** All that is known of one release. */
    public static List<String> full(ReleaseStatus status) {
        ReleaseOrder order = status.order();
        List<String> lines = new ArrayList<>();
        lines.add(order.id() + ": " + flow(order) + " of " + order.workload() + ", by " + order.author() + ", "
                + order.created().truncatedTo(ChronoUnit.SECONDS));
        change(lines, "image", Change.image(order));
        change(lines, "config", Change.snapshot(order));
        change(lines, "replicas", Change.replicas(order));
        lines.add(line("state", headline(status)));
        lines.add(line("pods", pods(status.pods())));
        status.troubles().forEach(trouble -> lines.add(line("trouble", trouble(trouble))));
        hint(status).forEach(hint -> lines.add(line("next", hint)));
        return lines;
    }

    /** Where it is, in one line. */
    public static String headline(ReleaseStatus status) {
        String batch = status.batch()
                .filter(now -> !status.state().ended())
                .map(now -> ", " + (now.direction() == Direction.BACK ? "going back, " : "") + "batch " + now + ": "
                        + status.pods().ready() + " of " + now.allowed() + " ready")
                .orElse("");
        return status.state()
                + batch
                + status.why().map(why -> " (" + why + ")").orElse("");
    }

    /** What a line of a log says at a change. */
    public static String logLine(ReleaseStatus status, Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS) + " " + status.order().id() + " " + headline(status);
    }

    /** A pod, and why it is not ready. */
    public static String trouble(Trouble trouble) {
        return trouble.pod() + ": " + trouble.reason();
    }

    /** One release a line. */
    public static List<String> table(List<ReleaseStatus> all) {
        Columns columns = new Columns().add("WORKLOAD", "ORDER", "FLOW", "STATE", "BATCH", "READY", "OLD", "WHY");
        for (ReleaseStatus status : all) {
            columns.add(
                    brief(status.order().workload()),
                    status.order().id(),
                    flow(status.order()),
                    status.state().toString(),
                    status.batch().map(BatchStatus::toString).orElse("-"),
                    status.pods().ready() + "/" + status.pods().wanted(),
                    String.valueOf(status.pods().old()),
                    status.why().orElse(""));
        }
        return columns.aligned();
    }

    private static String brief(WorkloadName name) {
        return name.kind() == WorkloadName.Kind.DEPLOYMENT
                ? name.name()
                : name.kind().kubernetes().toLowerCase(Locale.ROOT) + "/" + name.name();
    }

    private static String flow(ReleaseOrder order) {
        return order.flow().name().toLowerCase(Locale.ROOT);
    }

    private static String pods(Pods pods) {
        return pods.wanted() + " wanted, " + pods.updated() + " new (" + pods.ready() + " ready), " + pods.old()
                + " old, "
                + pods.leaving() + " leaving"
                + (pods.restarts() == 0 ? "" : ", " + pods.restarts() + " restarts");
    }

    private static void change(List<String> lines, String what, Change change) {
        if (!change.none()) {
            lines.add(line(what, change.toString()));
        }
    }

    private static List<String> hint(ReleaseStatus status) {
        String name = brief(status.order().workload());
        return switch (status.state()) {
            case WAITING -> List.of("landfall next " + name + ", or landfall rollback " + name);
            case PAUSED -> List.of("landfall resume " + name + ", or landfall rollback " + name);
            case HELD -> List.of("landfall resume " + name + " to try on, or landfall rollback " + name);
            case STAYED -> List.of("landfall release, or landfall rollback " + name);
            default -> List.of();
        };
    }

    private static String line(String what, String text) {
        return String.format(Locale.ROOT, "  %-9s %s", what, Columns.plain(text));
    }
}
