package io.landfall.deploy.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.WorkloadName;
import java.util.Locale;
import java.util.Optional;

/**
 * A release as a document for scripts. Its shape is kept: fields may be added, and none goes or changes its meaning. What is not known is
 * {@code null}, and no field is ever left out.
 */
public final class StatusJson {

    private StatusJson() {}

    /** All that is known of one release. */
    public static ObjectNode of(ReleaseStatus status) {
        ObjectNode json = order(status.order());
        json.put("state", status.state().toString());
        json.put("ended", status.state().ended());
        json.put("needsPerson", status.state().needsPerson());
        json.put("why", status.why().orElse(null));
        batch(json, status);
        pods(json.putObject("pods"), status.pods());
        var troubles = json.putArray("troubles");
        status.troubles()
                .forEach(trouble ->
                        troubles.addObject().put("pod", trouble.pod()).put("reason", trouble.reason()));
        ObjectNode said = json.putObject("directive");
        said.put("wish", status.directive().wish().name().toLowerCase(Locale.ROOT));
        said.put("admitted", status.directive().admitted());
        said.put("by", status.directive().by());
        json.put(
                "endedAt",
                status.outcome().map(Outcome::ended).map(Object::toString).orElse(null));
        return json;
    }

    static ObjectNode order(ReleaseOrder order) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("order", order.id());
        json.put("flow", order.flow().name().toLowerCase(Locale.ROOT));
        WorkloadName name = order.workload();
        json.putObject("workload")
                .put("kind", name.kind().kubernetes())
                .put("namespace", name.namespace())
                .put("name", name.name());
        json.put("author", order.author());
        json.put("created", order.created().toString());
        change(json.putObject("image"), Change.image(order));
        change(json.putObject("config"), Change.snapshot(order));
        change(json.putObject("replicas"), Change.replicas(order));
        return json;
    }

    private static void change(ObjectNode json, Change change) {
        json.put("from", change.from().orElse(null)).put("to", change.to().orElse(null));
    }

    private static void batch(ObjectNode json, ReleaseStatus status) {
        Optional<BatchStatus> batch = status.batch();
        if (batch.isEmpty()) {
            json.putNull("batch");
            return;
        }
        BatchStatus now = batch.get();
        json.putObject("batch")
                .put("number", now.number())
                .put("of", now.of())
                .put("allowed", now.allowed())
                .put("direction", now.direction().name().toLowerCase(Locale.ROOT))
                .put("since", now.since().toString())
                .put("ready", status.batchReady());
    }

    private static void pods(ObjectNode json, Pods pods) {
        json.put("wanted", pods.wanted())
                .put("updated", pods.updated())
                .put("ready", pods.ready())
                .put("old", pods.old())
                .put("leaving", pods.leaving())
                .put("restarts", pods.restarts());
    }
}
