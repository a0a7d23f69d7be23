package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.ReleaseCluster.AutoscalerState;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView;
import io.landfall.deploy.release.WorkloadView.Fields;
import io.landfall.deploy.release.WorkloadView.Template;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a real API server knows: who owns which field, and what applying leaves. With the rights of the Roles, and no others. */
@Tag("api-server")
class RealApiServerTest {

    private static final Fields BATCH = new Fields(1_000_000_000, "0%", "50%", 0, false);

    private RealCluster real;
    private KubernetesReleaseCluster cluster;
    private Submission submission;

    @BeforeEach
    void start() throws Exception {
        real = new RealCluster();
        cluster = real.cluster();
        cluster.start().get(20, TimeUnit.SECONDS);
        submission = new Submission(real.cli, real.namespace, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        cluster.close();
        real.close();
    }

    private static Terms terms(boolean takeOver) {
        return new Terms(
                new Batches(List.of(new Batches.Size.Equal(), new Batches.Size.Equal())),
                new Conduct(
                        ReleaseOrder.Strategy.STOP_FIRST,
                        ReleaseOrder.Advance.AUTOMATIC,
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        ReleaseOrder.OnFailure.PAUSE,
                        List.of()),
                "alice",
                takeOver);
    }

    private static Manifest manifest(ObjectNode object) {
        return new Manifest(
                object.path("kind").asText(),
                object.path("metadata").path("name").asText(),
                object.toString());
    }

    private ReleaseOrder release(String name, String image, boolean takeOver) {
        return submission.release(Flow.ONLINE, manifest(real.deployment(name, 4, image)), List.of(), terms(takeOver));
    }

    private static Progress progress(
            ReleaseOrder order, Progress.Direction direction, int batch, int allowed, long epoch) {
        return new Progress(
                order.id(),
                direction,
                batch,
                allowed,
                0,
                false,
                4,
                Instant.parse("2026-01-01T00:00:00Z"),
                epoch,
                0,
                Optional.empty(),
                Optional.empty());
    }

    private WorkloadView see(ReleaseOrder order, Predicate<WorkloadView> wanted) {
        return await().atMost(20, TimeUnit.SECONDS)
                .until(() -> cluster.workload(order), seen -> seen.filter(wanted)
                        .isPresent())
                .orElseThrow();
    }

    private static Decision.End end(ReleaseOrder order, Progress.Direction direction) {
        return new Decision.End(
                direction,
                Optional.empty(),
                4,
                new WorkloadView.LastOrder(order.id(), Outcome.Result.DONE, "it is done"));
    }

    @Test
    void shouldCarryAReleaseThroughAnotherManagersChange() {
        real.admin
                .resource(real.deployment("orders", 4, "orders:1").toString())
                .inNamespace(real.namespace)
                .fieldManager("kubectl-create")
                .serverSideApply();
        assertThatThrownBy(() -> release("orders", "orders:2", false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("containers[name=\"app\"].image")
                .hasMessageContaining("kubectl-create");
        ReleaseOrder order = release("orders", "orders:2", true);
        StoredOrder stored = cluster.accept(order).orElseThrow();
        assertThat(stored.order()).isEqualTo(order);
        assertThat(cluster.accept(release2(order))).isEmpty();

        WorkloadView before = see(order, seen -> seen.observed() && seen.pods().size() == 4);
        assertThat(before.template()).isEqualTo(Template.PREVIOUS);
        Decision.Write first = new Decision.Write(progress(order, Progress.Direction.FORWARD, 1, 2, 3), BATCH, 4);
        assertThat(cluster.carryOut(stored, Optional.of(before), first)).isEqualTo(Written.DONE);
        assertThat(cluster.carryOut(stored, Optional.of(before), first)).isEqualTo(Written.STALE);
        WorkloadView batch =
                see(order, seen -> seen.pods().stream().filter(PodView::current).count() == 2);
        assertThat(batch.template()).isEqualTo(Template.TARGET);
        assertThat(batch.fields()).isEqualTo(BATCH);
        assertThat(batch.progress()).contains(first.progress());
        assertThat(batch.changedBy()).isEmpty();
        assertThat(real.live("orders")
                        .path("spec")
                        .path("progressDeadlineSeconds")
                        .asInt())
                .isEqualTo(1_000_003_600);

        batch.pods().stream().filter(PodView::current).forEach(pod -> real.ready(pod.name()));
        WorkloadView ready = see(
                order,
                seen -> seen.pods().stream()
                                .filter(pod -> pod.readySince().isPresent())
                                .count()
                        == 2);
        assertThat(ready.pods().stream().filter(pod -> pod.readySince().isEmpty()))
                .allSatisfy(pod -> assertThat(pod.trouble()).contains("not ready"));
        assertThat(ready.available()).isZero();

        real.change("orders", "kubectl-set", """
                {"spec": {"template": {"spec": {"containers": [{"name": "app", "env": [{"name": "B", "value": "2"}]}]}}}}""");
        WorkloadView changed = see(order, seen -> seen.template() == Template.OTHER);
        assertThat(changed.changedBy().orElseThrow()).contains("kubectl-set").contains("env[name=B]");
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> cluster.carryOut(
                                stored,
                                cluster.workload(order),
                                new Decision.Note(progress(order, Progress.Direction.FORWARD, 1, 2, 4)))
                        == Written.DONE);
        assertThat(cluster.workload(order).orElseThrow().template()).isEqualTo(Template.OTHER);

        Decision.Write lower = new Decision.Write(progress(order, Progress.Direction.FORWARD, 2, 4, 3), BATCH, 4);
        assertThat(cluster.carryOut(stored, cluster.workload(order), lower)).isEqualTo(Written.STALE);
        Decision.Write again = new Decision.Write(progress(order, Progress.Direction.FORWARD, 2, 4, 4), BATCH, 4);
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> cluster.carryOut(stored, cluster.workload(order), again) == Written.DONE);
        WorkloadView mended = cluster.workload(order).orElseThrow();
        assertThat(mended.template()).isEqualTo(Template.TARGET);
        assertThat(mended.changedBy()).isEmpty();

        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> cluster.carryOut(stored, cluster.workload(order), end(order, Progress.Direction.FORWARD))
                        == Written.DONE);
        assertThat(real.live("orders").path("metadata").path("annotations").has(Marks.RELEASE))
                .isFalse();
        assertThat(cluster.workload(order)
                        .orElseThrow()
                        .lastOrder()
                        .orElseThrow()
                        .order())
                .isEqualTo(order.id());
        Target.NewRevision target = (Target.NewRevision) order.target();
        assertThat(PodTemplates.canonical(real.live("orders").path("spec")))
                .hasToString(PodTemplates.canonical(
                                Json.object(target.revision().manifest().json()).path("spec"))
                        .toString());
        Outcome outcome = new Outcome(Outcome.Result.DONE, "it is done", Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(cluster.carryOut(stored, cluster.workload(order), new Decision.Conclude(outcome)))
                .isEqualTo(Written.DONE);
        assertThat(cluster.order(order.workload()).orElseThrow().outcome()).contains(outcome);

        ReleaseOrder rollback = submission.rollback(order.workload(), OptionalLong.empty(), terms(false));
        Target.NewRevision back = (Target.NewRevision) rollback.target();
        assertThat(back.revision().image()).isEqualTo("orders:2");
        assertThat(submission
                        .rollback(order.workload(), OptionalLong.of(1), terms(false))
                        .target())
                .isInstanceOfSatisfying(
                        Target.NewRevision.class,
                        first1 -> assertThat(first1.revision().image()).isEqualTo("orders:1"));
    }

    private static ReleaseOrder release2(ReleaseOrder order) {
        return new ReleaseOrder(
                order.id() + "x",
                order.flow(),
                order.workload(),
                order.target(),
                order.previous(),
                order.batches(),
                order.conduct(),
                "bob",
                order.created());
    }

    @Test
    void shouldMakeAWorkloadOnce() {
        ReleaseOrder order = release("fresh", "fresh:1", false);
        assertThat(order.previous()).isEmpty();
        StoredOrder stored = cluster.accept(order).orElseThrow();
        Decision.Write write = new Decision.Write(progress(order, Progress.Direction.FORWARD, 1, 4, 1), BATCH, 4);
        assertThat(cluster.carryOut(stored, Optional.empty(), write)).isEqualTo(Written.DONE);
        assertThat(cluster.carryOut(stored, Optional.empty(), write)).isEqualTo(Written.STALE);
        assertThat(see(order, seen -> seen.pods().size() == 4).template()).isEqualTo(Template.TARGET);
        WorkloadView gone = cluster.workload(order).orElseThrow();
        real.admin
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("fresh")
                .delete();
        await().atMost(20, TimeUnit.SECONDS).until(() -> cluster.workload(order).isEmpty());
        assertThat(cluster.carryOut(stored, Optional.of(gone), end(order, Progress.Direction.FORWARD)))
                .isEqualTo(Written.STALE);
    }

    @Test
    void shouldGoOnFromWhatStayedHalfWay() {
        ObjectNode live = real.deployment("orders", 4, "orders:1");
        live.withObject("/spec").put("minReadySeconds", 7);
        real.admin.resource(live.toString()).inNamespace(real.namespace).create();
        ReleaseOrder order = release("orders", "orders:2", true);
        StoredOrder stored = cluster.accept(order).orElseThrow();
        carriedOut(stored, new Decision.Write(progress(order, Progress.Direction.FORWARD, 1, 2, 1), BATCH, 4));
        Fields paused = new Fields(7, "0%", "50%", 0, true);
        carriedOut(
                stored,
                new Decision.End(
                        Progress.Direction.FORWARD,
                        Optional.of(paused),
                        4,
                        new WorkloadView.LastOrder(order.id(), Outcome.Result.STAYED, "bob ended it")));
        assertThat(cluster.workload(order).orElseThrow().fields()).isEqualTo(paused);
        assertThatThrownBy(() -> release("orders", "orders:3", true)).hasMessageContaining("has not ended");
        Outcome outcome = new Outcome(Outcome.Result.STAYED, "bob ended it", Instant.parse("2026-01-01T00:00:00Z"));
        carriedOut(stored, new Decision.Conclude(outcome));

        ReleaseOrder next = release("orders", "orders:3", false);
        assertThat(next.id()).endsWith("-2");
        ObjectNode previous =
                Json.object(next.previous().orElseThrow().manifest().json());
        assertThat(RolloutFields.read(Kind.DEPLOYMENT, previous.path("spec")))
                .isEqualTo(new Fields(7, "25%", "25%", 0, false));
        StoredOrder later = cluster.accept(next).orElseThrow();
        carriedOut(later, end(next, Progress.Direction.BACK));
        assertThat(real.live("orders").path("spec").path("paused").asBoolean()).isFalse();
        assertThat(cluster.workload(next).orElseThrow().template()).isEqualTo(Template.PREVIOUS);
    }

    private void carriedOut(StoredOrder stored, Decision decision) {
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> cluster.workload(stored.order()).isPresent()
                        && cluster.carryOut(stored, cluster.workload(stored.order()), decision) == Written.DONE);
    }

    @Test
    void shouldReleaseAStatefulSetByPartition() {
        ReleaseOrder made = statefulSet("cat:1");
        StoredOrder stored = cluster.accept(made).orElseThrow();
        assertThat(cluster.carryOut(
                        stored,
                        Optional.empty(),
                        new Decision.Write(
                                progress(made, Progress.Direction.FORWARD, 1, 2, 1), Fields.partition(0), 2)))
                .isEqualTo(Written.DONE);
        see(made, seen -> seen.observed() && seen.pods().size() == 1);
        carriedOut(stored, end(made, Progress.Direction.FORWARD));
        carriedOut(
                stored,
                new Decision.Conclude(new Outcome(Outcome.Result.DONE, "done", Instant.parse("2026-01-01T00:00:00Z"))));
        ReleaseOrder order = statefulSet("cat:2");
        StoredOrder second = cluster.accept(order).orElseThrow();
        carriedOut(
                second,
                new Decision.Write(progress(order, Progress.Direction.FORWARD, 1, 1, 1), Fields.partition(1), 4));
        WorkloadView batch = see(order, seen -> seen.observed() && seen.template() == Template.TARGET);
        assertThat(batch.fields()).isEqualTo(Fields.partition(1));
        assertThat(batch.pods().get(0).current()).isFalse();
        carriedOut(second, end(order, Progress.Direction.BACK));
        assertThat(cluster.workload(order).orElseThrow().template()).isEqualTo(Template.PREVIOUS);
        carriedOut(
                second,
                new Decision.Conclude(
                        new Outcome(Outcome.Result.ROLLED_BACK, "back", Instant.parse("2026-01-01T00:00:00Z"))));
        ReleaseOrder rollback = submission.rollback(order.workload(), OptionalLong.empty(), terms(false));
        assertThat(((Target.NewRevision) rollback.target()).revision().image()).isEqualTo("cat:2");
    }

    private ReleaseOrder statefulSet(String image) {
        ObjectNode object = real.deployment("cat", 2, image).put("kind", "StatefulSet");
        object.withObject("/spec").put("serviceName", "cat");
        return submission.release(Flow.ONLINE, manifest(object), List.of(), terms(false));
    }

    @Test
    void shouldHoldAnAutoscalerAndGiveItBack() {
        real.admin
                .load(new ByteArrayInputStream("""
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: orders}
                spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}}
                """.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item ->
                        real.admin.resource(item).inNamespace(real.namespace).create());
        real.admin
                .resource(real.deployment("orders", 4, "orders:1").toString())
                .inNamespace(real.namespace)
                .create();
        ReleaseOrder order = release("orders", "orders:2", true);
        StoredOrder stored = cluster.accept(order).orElseThrow();
        WorkloadView seen = see(order, WorkloadView::observed);
        await().atMost(10, TimeUnit.SECONDS).until(() -> cluster.autoscaler(order.workload()) == AutoscalerState.FREE);
        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.HoldAutoscaler()))
                .isEqualTo(Written.DONE);
        assertThat(cluster.autoscaler(order.workload())).isEqualTo(AutoscalerState.HELD);
        assertThatThrownBy(() -> submission.scale(order.workload(), 7, terms(false)))
                .hasMessageContaining("HorizontalPodAutoscaler orders");
        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.GiveBackAutoscaler()))
                .isEqualTo(Written.DONE);
        assertThat(cluster.autoscaler(order.workload())).isEqualTo(AutoscalerState.FREE);
        assertThat(real.admin
                        .autoscaling()
                        .v1()
                        .horizontalPodAutoscalers()
                        .inNamespace(real.namespace)
                        .withName("orders")
                        .get()
                        .getSpec())
                .satisfies(spec -> assertThat(List.of(spec.getMinReplicas(), spec.getMaxReplicas()))
                        .containsExactly(2, 9));
    }

    @Test
    void shouldPrepareWhatComesFirst() {
        Manifest service = new Manifest("Service", "web", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "%s"},
                 "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "protocol": "TCP"}]}}""".formatted(real.namespace));
        ReleaseOrder order = submission.release(
                Flow.ONLINE, manifest(real.deployment("web", 2, "web:1")), List.of(service), terms(false));
        StoredOrder stored = cluster.accept(order).orElseThrow();
        assertThat(cluster.prepared(order)).isFalse();
        assertThat(cluster.carryOut(stored, Optional.empty(), new Decision.Prepare(List.of(service))))
                .isEqualTo(Written.DONE);
        try (KubernetesReleaseCluster another = real.cluster()) {
            assertThat(another.prepared(order)).isTrue();
        }
    }

    @Test
    void shouldRefuseEverythingAtOnce() {
        ObjectNode live = real.deployment("orders", 4, "orders:1");
        live.withObject("/spec").put("paused", true);
        real.admin.resource(live.toString()).inNamespace(real.namespace).create();
        ObjectNode wanted = real.deployment("orders", 4, "orders:2");
        wanted.withObject("/spec").putObject("strategy").put("type", "Recreate");
        wanted.withObject("/spec/selector/matchLabels").put("tier", "x");
        Manifest secret = new Manifest("Secret", "s", "{\"kind\": \"Secret\"}");
        assertThatThrownBy(() -> submission.release(Flow.ONLINE, manifest(wanted), List.of(secret), terms(true)))
                .hasMessageContaining("somebody has paused it")
                .hasMessageContaining("Recreate")
                .hasMessageContaining("its selector would be")
                .hasMessageContaining("no place for a Secret");
    }

    /** Applying leaves an empty probe there, which a Deployment is refused for and a StatefulSet is not. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldTakeAProbeAwayAndGiveItBack(Kind kind) {
        WorkloadName name = new WorkloadName(kind, real.namespace, "probed");
        StoredOrder first = accepted(kind, true);
        assertThat(cluster.carryOut(first, Optional.empty(), write(first, Progress.Direction.FORWARD)))
                .isEqualTo(Written.DONE);
        carriedOut(first, end(first.order(), Progress.Direction.FORWARD));
        carriedOut(first, concluded());

        StoredOrder second = accepted(kind, false);
        carriedOut(second, write(second, Progress.Direction.FORWARD));
        assertThat(probe(name)).isEmpty();
        assertThat(cluster.workload(second.order()).orElseThrow().template()).isEqualTo(Template.TARGET);
        carriedOut(second, write(second, Progress.Direction.BACK));
        assertThat(cluster.workload(second.order()).orElseThrow().template()).isEqualTo(Template.PREVIOUS);
        assertThat(probe(name).path("failureThreshold").asInt()).isEqualTo(6);
        carriedOut(second, end(second.order(), Progress.Direction.BACK));
        carriedOut(second, concluded());

        StoredOrder third = accepted(kind, false);
        carriedOut(third, write(third, Progress.Direction.FORWARD));
        carriedOut(third, end(third.order(), Progress.Direction.FORWARD));
        assertThat(probe(name)).isEmpty();
        assertThat(cluster.workload(third.order()).orElseThrow().template()).isEqualTo(Template.TARGET);
    }

    private StoredOrder accepted(Kind kind, boolean probed) {
        ObjectNode object = real.deployment("probed", 2, "probed:1").put("kind", kind.kubernetes());
        if (kind == Kind.STATEFUL_SET) {
            object.withObject("/spec").put("serviceName", "probed");
        }
        if (probed) {
            ((ObjectNode) object.at("/spec/template/spec/containers/0"))
                    .set("livenessProbe", Json.object("{\"failureThreshold\": 6, \"tcpSocket\": {\"port\": 80}}"));
        }
        return cluster.accept(submission.release(Flow.ONLINE, manifest(object), List.of(), terms(false)))
                .orElseThrow();
    }

    private static Decision.Write write(StoredOrder stored, Progress.Direction direction) {
        Fields fields = stored.order().workload().kind() == Kind.DEPLOYMENT ? BATCH : Fields.partition(2);
        return new Decision.Write(progress(stored.order(), direction, 1, 1, 1), fields, 2);
    }

    private static Decision.Conclude concluded() {
        return new Decision.Conclude(new Outcome(Outcome.Result.DONE, "done", Instant.parse("2026-01-01T00:00:00Z")));
    }

    private JsonNode probe(WorkloadName name) {
        return real.live(name).at("/spec/template/spec/containers/0/livenessProbe");
    }

    @Test
    void shouldElectOneEngineAtATime() {
        LeaseElection.Timing quick = new LeaseElection.Timing(
                Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(1));
        LeaseElection first = new LeaseElection(real.engine, real.namespace, "a", quick);
        try (LeaseElection second = new LeaseElection(real.engine, real.namespace, "b", quick)) {
            first.start();
            await().atMost(10, TimeUnit.SECONDS).until(() -> first.epoch().isPresent());
            second.start();
            assertThat(first.epoch()).hasValue(0);
            first.close();
            await().atMost(10, TimeUnit.SECONDS).until(() -> second.epoch().isPresent());
            assertThat(second.epoch()).hasValue(1);
            assertThat(first.epoch()).isEmpty();
        }
    }

    @Test
    void shouldDeleteOnlyThePodThatWasSeen() {
        real.admin
                .resource(real.deployment("orders", 1, "orders:1").toString())
                .inNamespace(real.namespace)
                .create();
        ReleaseOrder order = release("orders", "orders:2", true);
        StoredOrder stored = cluster.accept(order).orElseThrow();
        WorkloadView seen = see(order, view -> view.pods().size() == 1);
        PodView pod = seen.pods().get(0);
        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.DeletePod(pod.name(), "another")))
                .isEqualTo(Written.STALE);
        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.DeletePod(pod.name(), pod.uid())))
                .isEqualTo(Written.DONE);
    }

    @Test
    void shouldReadOrdersWithoutAWatch() {
        Orders orders = new Orders(real.cli, real.namespace);
        ReleaseOrder order = release("orders", "orders:1", false);
        assertThat(orders.accept(order)).isEqualTo(orders.accept(order)).isPresent();
        assertThat(orders.all()).hasSize(1);
        assertThat(orders.order(new WorkloadName(Kind.DEPLOYMENT, real.namespace, "orders"))
                        .orElseThrow()
                        .order())
                .isEqualTo(order);
    }
}
