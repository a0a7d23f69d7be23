package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderRecordTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

    static ReleaseOrder order(String id, Target target) {
        Manifest manifest = new Manifest("Deployment", "orders", """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders", "namespace": "shop"},
                 "spec": {"template": {"a": 1}}}""");
        return new ReleaseOrder(
                id,
                Flow.ONLINE,
                new WorkloadName(Kind.DEPLOYMENT, "shop", "orders"),
                target,
                Optional.of(new Target.Revision(manifest, "orders:1", Optional.of("1.4.2"), 4, 10)),
                new Batches(List.of(
                        new Batches.Size.Pods(1),
                        new Batches.Size.Percent(25),
                        new Batches.Size.Equal(),
                        new Batches.Size.Rest())),
                new Conduct(
                        ReleaseOrder.Strategy.SURGE,
                        ReleaseOrder.Advance.MANUAL,
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(10),
                        ReleaseOrder.OnFailure.ROLL_BACK,
                        List.of(
                                new Gate.Restarts(0),
                                new Gate.Prometheus(URI.create("http://prometheus:9090"), "up > 0"),
                                new Gate.Http(URI.create("http://orders/health")))),
                "alice",
                NOW);
    }

    private static Target revision() {
        Manifest manifest = new Manifest("Deployment", "orders", "{\"spec\": {\"template\": {\"a\": 2}}}");
        return new Target.NewRevision(
                new Target.Revision(manifest, "orders:2", Optional.empty(), 4, 0),
                List.of(new Manifest("Service", "orders", "{}")));
    }

    /** As the API server gives it back. */
    private static ObjectNode written(StoredOrder stored, List<OrderRecord.Ended> history) {
        ObjectNode object = OrderRecord.write(stored, history);
        object.withObject("/metadata").put("uid", "u").put("resourceVersion", "7");
        return object;
    }

    @Test
    void shouldReadWhatItWrote() {
        for (Target target : List.of(revision(), new Target.Scale(7))) {
            for (Optional<Outcome> outcome : List.of(
                    Optional.<Outcome>empty(),
                    Optional.of(new Outcome(Outcome.Result.STAYED, "2 of 4 pods are new", NOW)))) {
                StoredOrder stored = new StoredOrder(
                        order("orders-20261123-1", target),
                        new Directive(Directive.Wish.BACK, 2, true, "bob", 3),
                        outcome,
                        "u/7");
                assertThat(OrderRecord.read(written(stored, List.of())).stored())
                        .isEqualTo(stored);
            }
        }
    }

    @Test
    void shouldRememberTheLastTen() {
        List<OrderRecord.Ended> history = new ArrayList<>();
        StoredOrder ended = null;
        for (int i = 1; i <= 12; i++) {
            ended = new StoredOrder(
                    order("orders-20261123-" + i, revision()),
                    Directive.initial("alice"),
                    Optional.of(new Outcome(Outcome.Result.DONE, "done", NOW)),
                    "u/7");
            history = OrderRecord.read(written(ended, history)).remembered();
        }
        assertThat(history).hasSize(10);
        assertThat(history.get(9).id()).isEqualTo("orders-20261123-12");
        assertThat(history.get(9).image()).contains("orders:2");
    }

    @Test
    void shouldNotGuessWhatADamagedOrderSays() {
        StoredOrder stored = new StoredOrder(
                order("orders-20261123-1", revision()), Directive.initial("alice"), Optional.empty(), "u/7");
        ObjectNode half = written(stored, List.of());
        half.withObject("/data").put("directive", "{\"wish\": \"RUN\", \"admitted\": 1}");
        assertThatThrownBy(() -> OrderRecord.read(half))
                .isInstanceOf(UnreadableOrderException.class)
                .hasMessageContaining("ConfigMap shop/orders-release")
                .hasMessageContaining("key directive");
        ObjectNode newer = written(stored, List.of());
        newer.withObject("/data").put("outcome", "{\"result\": \"VANISHED\", \"message\": \"\", \"ended\": 1}");
        assertThatThrownBy(() -> OrderRecord.read(newer)).hasMessageContaining("VANISHED");
        ObjectNode foreign = written(stored, List.of());
        foreign.withObject("/metadata/labels").remove(Marks.IS_ORDER);
        assertThatThrownBy(() -> OrderRecord.read(foreign)).hasMessageContaining("somebody else's");
    }
}
