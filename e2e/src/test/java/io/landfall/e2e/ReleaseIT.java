package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.landfall.config.Snapshot;
import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.BatchWatch;
import io.landfall.e2e.field.Engine;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Orders;
import io.landfall.e2e.field.Releases;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KubernetesExtension.class)
class ReleaseIT {

    private static final int PODS = 4;
    private static final int ROUNDS = 5;
    private static final String TWO_BATCHES = "2";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofMinutes(2);

    @Proof(
            title = "A release in batches",
            description =
                    "Four pods behind an external address are released in two batches under load, with a pause between: at every event"
                            + " that a watch sees, no more pods are new than the batch allows; no call is lost; and the Deployment is"
                            + " left as it was, but for its template.")
    @Test
    void shouldReplaceExactlyOneBatchAtATime(TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.LANDFALL, "dubbo");
                Engine engine = Engine.start(namespace.client(), namespace.name(), 1)) {
            field.withGreeters(PODS).withOldWorld().withConsumers(Load.USUAL).letThemCall(Load.USUAL, 5);
            DeploymentSpec before = spec(namespace, "greeter");
            Deployment rendered = field.greeters().rendered("two");
            try (BatchWatch watch = new BatchWatch(namespace, "greeter");
                    Releases releases = Releases.of(namespace, "greeter")) {
                watch.allow(2);
                releases.release(rendered, TWO_BATCHES, Releases.byHand());
                releases.awaitBatch(1, 2);
                releases.want(Wish.PAUSE);
                field.letThemCall(Load.USUAL, 5);
                assertThat(watch.excesses()).isEmpty();
                assertThat(watch.made()).isEqualTo(2);

                watch.allow(PODS);
                releases.admit(2);

                assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                assertThat(watch.excesses()).isEmpty();
                assertThat(watch.made()).isEqualTo(PODS);
                assertThat(engine.writes()).as("begin, next, end, conclude").isGreaterThanOrEqualTo(4);
            }
            field.greeters().awaitServing();
            field.letThemCall(Load.USUAL, 5);
            Totals totals = field.stopConsumers();
            assertThat(totals.lost()).as(totals::describe).isZero();
            DeploymentSpec after = spec(namespace, "greeter");
            after.setTemplate(before.getTemplate());
            assertThat(after).isEqualTo(before);
        }
    }

    @Proof(
            title = "As fast as a rolling update",
            description =
                    "The same four pods replaced by a rolling update of two at a time, and by a release in two batches, in turns: the"
                            + " median of the release is at most a tenth longer.")
    @Tag("slow")
    @Test
    void shouldTakeNoLongerThanARollingUpdate(TestNamespace namespace) throws IOException {
        try (Field field = Field.open(namespace, Mode.LANDFALL, "dubbo");
                Engine engine = Engine.start(namespace.client(), namespace.name(), 1)) {
            field.withGreeters(PODS);
            List<Long> rolling = new ArrayList<>();
            List<Long> released = new ArrayList<>();
            try (Releases releases = Releases.of(namespace, "greeter")) {
                for (int round = 0; round < ROUNDS; round++) {
                    Instant begin = Instant.now();
                    field.greeters().beginRestart();
                    field.greeters().awaitReady();
                    rolling.add(Duration.between(begin, Instant.now()).toMillis());
                    field.greeters().awaitServing();

                    Deployment next = field.greeters().rendered("round " + round);
                    begin = Instant.now();
                    releases.release(next, TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, LATE));
                    assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                    released.add(Duration.between(begin, Instant.now()).toMillis());
                    field.greeters().awaitServing();
                }
            }
            assertThat(engine.writes()).isPositive();
            double ratio = (double) median(released) / median(rolling);
            new ObjectMapper()
                    .writeValue(
                            Path.of(System.getProperty("basedir", "."), "target", "release-pace.json")
                                    .toFile(),
                            Map.of("rollingMillis", rolling, "releaseMillis", released, "ratio", ratio));

            assertThat(ratio).as("%s beside %s ms", released, rolling).isLessThanOrEqualTo(1.10);
        }
    }

    private static long median(List<Long> millis) {
        return millis.stream().sorted().toList().get(millis.size() / 2);
    }

    @Proof(
            title = "Back from every state",
            description =
                    "A release goes back after its end, from a pause, from the middle of a batch, and from a version that does not start, and a fix goes"
                            + " over a broken version: image, variables and snapshot are those of before in every pod.")
    @Tag("slow")
    @Test
    void shouldGoBackFromEveryState(TestNamespace namespace) {
        Orders orders = new Orders(namespace, "api");
        Snapshot first = orders.publish("v1", SnapshotIT.files("one"));
        Snapshot second = orders.publish("v2", SnapshotIT.files("two"));
        try (Engine engine = Engine.start(namespace.client(), namespace.name(), 1);
                Releases releases = Releases.of(namespace, "orders")) {
            releases.release(orders.rendered("v1", PODS), TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, LATE));
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
            DeploymentSpec spec = spec(namespace, "orders");

            releases.release(orders.rendered("v2", PODS), TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, LATE));
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
            releases.rollback(TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, LATE));
            assertIsBack(namespace, orders, releases, Result.DONE, spec, first);

            releases.release(orders.rendered("v2", PODS), TWO_BATCHES, Releases.byHand());
            releases.awaitBatch(1, 2);
            releases.want(Wish.PAUSE);
            releases.back();
            assertIsBack(namespace, orders, releases, Result.ROLLED_BACK, spec, first);

            releases.release(orders.rendered("v2", PODS), TWO_BATCHES, Releases.byHand());
            releases.awaitNew(1);
            releases.back();
            assertIsBack(namespace, orders, releases, Result.ROLLED_BACK, spec, first);

            releases.release(broken(orders), TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, SOON));
            assertThat(releases.awaitHold()).isNotBlank();
            releases.back();
            assertIsBack(namespace, orders, releases, Result.ROLLED_BACK, spec, first);

            releases.release(broken(orders), TWO_BATCHES, Releases.automatic(OnFailure.ROLL_BACK, SOON));
            assertIsBack(namespace, orders, releases, Result.ROLLED_BACK, spec, first);

            releases.release(broken(orders), TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, SOON));
            releases.awaitHold();
            releases.want(Wish.STAY);
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.STAYED);
            assertThat(spec(namespace, "orders").getPaused()).isTrue();
            releases.release(orders.rendered("v2", PODS), TWO_BATCHES, Releases.automatic(OnFailure.PAUSE, LATE));
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
            orders.awaitServing();
            assertThat(orders.pods())
                    .allSatisfy(pod -> assertThat(orders.viewOf(pod).digest()).isEqualTo(second.digest()));
            assertThat(engine.writes()).isPositive();
        }
    }

    private static void assertIsBack(
            TestNamespace namespace,
            Orders orders,
            Releases releases,
            Result result,
            DeploymentSpec spec,
            Snapshot snapshot) {
        assertThat(releases.awaitEnd().result()).isEqualTo(result);
        orders.awaitServing();
        assertThat(spec(namespace, "orders")).isEqualTo(spec);
        assertThat(orders.pods()).hasSize(PODS).allSatisfy(pod -> {
            assertThat(orders.viewOf(pod).digest()).isEqualTo(snapshot.digest());
            assertThat(orders.valueOf(pod, "greeting.text")).isEqualTo("one");
        });
    }

    /** Another image, another variable and the second snapshot; it does not start. */
    private static Deployment broken(Orders orders) {
        return new DeploymentBuilder(orders.rendered("v2", PODS))
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("landfall.test/nowhere:1")
                .addNewEnv()
                .withName("RELEASE")
                .withValue("broken")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static DeploymentSpec spec(TestNamespace namespace, String name) {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(name)
                .require()
                .getSpec();
    }
}
