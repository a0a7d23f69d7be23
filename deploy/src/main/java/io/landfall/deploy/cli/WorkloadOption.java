package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** Which workload. */
final class WorkloadOption {

    @Parameters(
            index = "0",
            paramLabel = "WORKLOAD",
            description = "A workload's name, such as orders; statefulset/orders where a Deployment has that name too.")
    private String written = "";

    /** For a command that takes all where none is named. */
    static WorkloadOption of(String name) {
        WorkloadOption option = new WorkloadOption();
        option.written = name;
        return option;
    }

    /** The workload's newest order. */
    Optional<StoredOrder> order(ReleaseDesk desk) {
        List<StoredOrder> found = desk.cluster().orders().stream()
                .filter(order -> matches(order.order().workload()))
                .toList();
        if (found.size() > 1) {
            throw refused(
                    "there are two workloads of that name",
                    "write deployment/" + written + " or statefulset/" + written);
        }
        return found.stream().findFirst();
    }

    /** The same, where there must be one. */
    StoredOrder known(ReleaseDesk desk) {
        return order(desk)
                .orElseThrow(() -> refused(
                        "no release of it is known in the namespace " + desk.namespace(),
                        "landfall status shows all; -n says another namespace"));
    }

    /** The same, where it has not ended. */
    StoredOrder running(ReleaseDesk desk) {
        StoredOrder order = known(desk);
        if (order.outcome().isPresent()) {
            throw refused(
                    "its release " + order.order().id() + " has ended: "
                            + order.outcome().get().message(),
                    "landfall status " + written + " says more");
        }
        return order;
    }

    /** What it is called, also where no order says of which kind. */
    WorkloadName name(ReleaseDesk desk) {
        return order(desk)
                .map(order -> order.order().workload())
                .orElseGet(() -> new WorkloadName(kind().orElse(Kind.DEPLOYMENT), desk.namespace(), bareName()));
    }

    RefusedException refused(String problem, String remedy) {
        return new RefusedException(List.of(new Violation(written, problem, remedy)));
    }

    private boolean matches(WorkloadName name) {
        return name.name().equals(bareName())
                && kind().filter(kind -> kind != name.kind()).isEmpty();
    }

    private String bareName() {
        return written.substring(written.indexOf('/') + 1);
    }

    private Optional<Kind> kind() {
        int slash = written.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        return switch (written.substring(0, slash).toLowerCase(Locale.ROOT)) {
            case "deployment", "deploy" -> Optional.of(Kind.DEPLOYMENT);
            case "statefulset", "sts" -> Optional.of(Kind.STATEFUL_SET);
            default -> throw refused("this kind has no releases", "write deployment/NAME or statefulset/NAME");
        };
    }
}
