package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.PodView;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broken API server must not lead to. What a sound one does is tried on a real one. */
class KubernetesReleaseClusterTest {

    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/orders";
    private static final String REPLICA_SET = "/apis/apps/v1/namespaces/shop/replicasets/orders-1";
    private static final String POD = "/api/v1/namespaces/shop/pods/orders-1-a";
    private static final String AUTOSCALER = "/apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers/orders";
    private static final String ORDER = "/api/v1/namespaces/shop/configmaps/orders-release";

    private final List<WorkloadName> told = new CopyOnWriteArrayList<>();
    private final ReleaseOrder order = OrderRecordTest.order("orders-20261123-1", new Target.Scale(3));
    private WatchedServer server;
    private KubernetesClient client;
    private KubernetesReleaseCluster cluster;
    private StoredOrder stored;

    @BeforeEach
    void start() throws Exception {
        server = new WatchedServer();
        server.put(DEPLOYMENT, Json.object("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders", "namespace": "shop"},
                 "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "orders"}}, "template": {"a": 1}}}"""));
        server.put(REPLICA_SET, Json.object("""
                {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "orders-1", "namespace": "shop",
                  "ownerReferences": [{"controller": true, "kind": "Deployment", "name": "orders", "uid": "uid-of-orders"}]},
                 "spec": {"replicas": 1, "template": {"a": 1}}}"""));
        server.put(POD, pod(true));
        client = server.client();
        cluster = new KubernetesReleaseCluster(
                Connection.of(client, 1000, Duration.ofSeconds(5)), "shop", pod -> Optional.empty());
        cluster.onChange(told::add);
        cluster.start().get(30, TimeUnit.SECONDS);
        stored = cluster.accept(order).orElseThrow();
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        server.close();
    }

    private static ObjectNode pod(boolean ready) {
        return Json.object("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "orders-1-a", "namespace": "shop",
                  "ownerReferences": [{"controller": true, "kind": "ReplicaSet", "name": "orders-1", "uid": "uid-of-orders-1"}]},
                 "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "%s",
                  "lastTransitionTime": "2026-11-23T08:00:00Z"}]}}""".formatted(ready ? "True" : "False"));
    }

    private boolean ready() {
        return view().pods().stream().anyMatch(pod -> pod.readySince().isPresent());
    }

    private WorkloadView view() {
        return await().atMost(30, TimeUnit.SECONDS)
                .until(() -> cluster.workload(order), seen -> seen.filter(
                                view -> view.pods().stream().anyMatch(PodView::current))
                        .isPresent())
                .orElseThrow();
    }

    private Decision.End end() {
        return new Decision.End(
                Progress.Direction.FORWARD,
                Optional.empty(),
                3,
                new WorkloadView.LastOrder(order.id(), Outcome.Result.DONE, "done"));
    }

    @Test
    void shouldNotWriteOnWhatAWatchThatStandsStillSays() throws IOException {
        WorkloadView seen = view();
        server.silence();
        server.put(POD, pod(false));
        assertThat(ready()).isTrue();
        assertThat(cluster.carryOut(stored, Optional.of(seen), end())).isEqualTo(Written.STALE);
        assertThat(ready()).isFalse();
        assertThat(server.asked("PATCH " + DEPLOYMENT)).isZero();
        server.put(POD, pod(true));
        assertThat(cluster.carryOut(stored, Optional.of(view()), end())).isEqualTo(Written.STALE);
        assertThat(cluster.carryOut(stored, Optional.of(view()), end())).isEqualTo(Written.DONE);
        assertThat(cluster.workload(order).orElseThrow().replicas()).isEqualTo(3);
    }

    @Test
    void shouldLeaveHowPodsAreReplacedAsItIsWhereTheirNumberChanges() {
        WorkloadView seen = view();
        Progress progress = new Progress(
                order.id(),
                Progress.Direction.FORWARD,
                1,
                2,
                0,
                false,
                1,
                Instant.EPOCH,
                1,
                0,
                Optional.empty(),
                Optional.empty());

        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.Write(progress, seen.fields(), 2)))
                .isEqualTo(Written.DONE);
        assertThat(server.object(DEPLOYMENT).path("spec").path("replicas").asInt())
                .isEqualTo(2);
        assertThat(server.object(DEPLOYMENT).path("spec").has("strategy")).isFalse();

        Decision.End end = new Decision.End(
                Progress.Direction.FORWARD,
                Optional.of(seen.fields()),
                3,
                new WorkloadView.LastOrder(order.id(), Outcome.Result.DONE, "done"));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> cluster.carryOut(stored, cluster.workload(order), end) == Written.DONE);
        assertThat(server.object(DEPLOYMENT).path("spec").path("replicas").asInt())
                .isEqualTo(3);
        assertThat(server.object(DEPLOYMENT).path("spec").has("strategy")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 2, 10", "5, 20, 5, 20", "4, 20, 2, 20", "1, 4, 1, 10", "12, 12, 12, 12"})
    void shouldGiveAnAutoscalerBackUnlessSomebodyHasSetItSince(int min, int max, int givenMin, int givenMax)
            throws IOException {
        server.put(AUTOSCALER, Json.object("""
                {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
                 "metadata": {"name": "orders", "namespace": "shop", "annotations": {"landfall.io/held": "{\\"min\\": 2, \\"max\\": 10, \\"at\\": 4}"}},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"},
                  "minReplicas": %d, "maxReplicas": %d}}""".formatted(min, max)));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> cluster.autoscaler(order.workload()) == ReleaseCluster.AutoscalerState.HELD);

        assertThat(cluster.carryOut(stored, Optional.of(view()), new Decision.GiveBackAutoscaler()))
                .isEqualTo(Written.DONE);

        assertThat(server.object(AUTOSCALER).path("spec").path("minReplicas").asInt())
                .isEqualTo(givenMin);
        assertThat(server.object(AUTOSCALER).path("spec").path("maxReplicas").asInt())
                .isEqualTo(givenMax);
        assertThat(server.object(AUTOSCALER).at("/metadata/annotations").hasNonNull("landfall.io/held"))
                .isFalse();
    }

    @Test
    void shouldGoOnWithoutAnAutoscalerThatIsGoneBehindAWatchThatStandsStill() throws IOException {
        server.put(AUTOSCALER, Json.object("""
                {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "orders", "namespace": "shop"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"}, "maxReplicas": 9}}"""));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> cluster.autoscaler(order.workload()) == ReleaseCluster.AutoscalerState.FREE);
        WorkloadView seen = view();
        server.silence();
        server.remove(AUTOSCALER);

        assertThat(cluster.carryOut(stored, Optional.of(seen), new Decision.HoldAutoscaler()))
                .isEqualTo(Written.DONE);

        assertThat(cluster.autoscaler(order.workload())).isEqualTo(ReleaseCluster.AutoscalerState.NONE);
    }

    @Test
    void shouldNotEndAnOrderForAWorkloadThatIsThere() {
        Outcome gone = new Outcome(Outcome.Result.REFUSED, "it is gone", Instant.EPOCH);

        assertThat(cluster.carryOut(stored, Optional.empty(), new Decision.Conclude(gone)))
                .isEqualTo(Written.STALE);

        assertThat(cluster.order(order.workload()).orElseThrow().outcome()).isEmpty();
    }

    @Test
    void shouldObeyWhatWasSaidBehindAWatchThatStandsStill() {
        WorkloadView seen = view();
        server.silence();
        new Orders(client, "shop").write(stored.with(stored.directive().back(true, "bob")));
        assertThat(cluster.carryOut(stored, Optional.of(seen), end())).isEqualTo(Written.STALE);
        assertThat(cluster.order(order.workload()).orElseThrow().directive().by())
                .isEqualTo("bob");
    }

    @Test
    void shouldNotWriteOnAWorkloadThatIsAnotherByNow() throws IOException {
        WorkloadView seen = view();
        server.silence();
        ObjectNode changed = server.object(DEPLOYMENT).deepCopy();
        changed.withObject("/spec").put("replicas", 2);
        server.put(DEPLOYMENT, changed);
        assertThat(cluster.carryOut(stored, Optional.of(seen), end())).isEqualTo(Written.STALE);
        assertThat(cluster.workload(order).orElseThrow().replicas()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWatchingAfterWatchesEnd() throws IOException {
        view();
        server.endWatches(false);
        server.put(POD, pod(false));
        await().atMost(30, TimeUnit.SECONDS).until(() -> !ready());
    }

    @Test
    void shouldListAnewWhereAWatchCannotGoOn() throws IOException {
        view();
        server.silence();
        server.remove(POD);
        server.endWatches(true);
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> cluster.workload(order).orElseThrow().pods().isEmpty());
    }

    @Test
    void shouldTellWhoseSomethingChanged() throws IOException {
        view();
        told.clear();
        server.put(POD, pod(false));
        await().atMost(30, TimeUnit.SECONDS).until(() -> told.contains(order.workload()));
    }

    @Test
    void shouldDoNothingForAnOrderThatCannotBeRead() throws IOException {
        ObjectNode damaged = server.object(ORDER).deepCopy();
        damaged.withObject("/data").put("order", "{");
        server.put(ORDER, damaged);
        await().atMost(30, TimeUnit.SECONDS).until(() -> cluster.orders().isEmpty());
        assertThat(cluster.unreadable()).hasSize(1);
        assertThatThrownBy(() -> cluster.order(order.workload())).isInstanceOf(UnreadableOrderException.class);
        assertThatThrownBy(() -> cluster.accept(order)).hasMessageContaining("key order");
    }
}
