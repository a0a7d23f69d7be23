package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView.LastOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

    private static final WorkloadName ORDERS = new WorkloadName(Kind.DEPLOYMENT, "shop", "orders");

    private final ObjectNode live = Json.object("""
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders", "namespace": "shop"},
             "spec": {"replicas": 4, "template": {"spec": {"containers": [{"name": "orders", "image": "orders:1"}]}}}}""");

    private static Standing of(WorkloadName name, ObjectNode live) {
        return new Standing(name, Optional.of(live), Optional.empty());
    }

    private static List<Violation> checked(Standing standing) {
        List<Violation> violations = new ArrayList<>();
        standing.check(false, violations);
        return violations;
    }

    private void annotate(String name, String text) {
        live.withObject("/metadata").withObject("/annotations").put(name, text);
    }

    @Test
    void shouldNotUseANumberAgainThatTheWorkloadKnows() {
        assertThat(of(ORDERS, live).next("orders-20261123-")).isEqualTo(1);

        annotate(Marks.LAST_ORDER, Json.text(new LastOrder("orders-20261123-4", Result.DONE, "done")));

        assertThat(of(ORDERS, live).next("orders-20261123-")).isEqualTo(5);
        assertThat(of(ORDERS, live).next("orders-20261124-")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"DEPLOYMENT, 0, false", "DEPLOYMENT, 1000000000, true", "STATEFUL_SET, 0, true"})
    void shouldNotTakeAMarkThatRolloutUndoBroughtBackForARelease(Kind kind, int minReadySeconds, boolean inTheMiddle) {
        annotate(Marks.RELEASE, "{}");
        live.withObject("/spec").put("minReadySeconds", minReadySeconds);
        List<Violation> violations = checked(of(new WorkloadName(kind, "shop", "orders"), live));

        assertThat(violations).hasSize(inTheMiddle ? 1 : 0);
    }

    @Test
    void shouldRefuseToWriteIntoTheRecordOfAnotherKind() {
        StoredOrder ofTheDeployment = new StoredOrder(
                OrderRecordTest.order("orders-1", new Target.Scale(7)),
                Directive.initial("alice"),
                Optional.of(new Outcome(Result.DONE, "done", Instant.EPOCH)),
                "");
        WorkloadName sameName = new WorkloadName(
                Kind.STATEFUL_SET,
                ofTheDeployment.order().workload().namespace(),
                ofTheDeployment.order().workload().name());
        Standing standing =
                new Standing(sameName, Optional.empty(), Optional.of(new OrderRecord.Read(ofTheDeployment, List.of())));

        assertThat(checked(standing)).singleElement().satisfies(violation -> {
            assertThat(violation.problem())
                    .endsWith("is that of " + ofTheDeployment.order().workload());
            assertThat(violation.remedy()).endsWith("delete the ConfigMap " + sameName.name() + "-release");
        });
    }

    @Test
    void shouldRefuseOrdinalsThatDoNotBeginAtZero() {
        WorkloadName name = new WorkloadName(Kind.STATEFUL_SET, "shop", "orders");
        live.withObject("/spec").withObject("/ordinals").put("start", 0);
        assertThat(checked(of(name, live))).isEmpty();

        live.withObject("/spec").withObject("/ordinals").put("start", 5);
        assertThat(checked(of(name, live))).singleElement().satisfies(violation -> assertThat(violation.problem())
                .isEqualTo("its pods are numbered from 5, and releases count them from 0"));
    }

    @Test
    void shouldKeepWhatARevisionWasMadeOfAndDropMarks() {
        annotate("landfall.io/commit", "0123abc");
        annotate("theirs", "1");
        annotate(Marks.RELEASE, "{}");
        annotate(Marks.LAST_ORDER, "{}");
        annotate("deployment.kubernetes.io/revision", "7");
        Target.Revision revision = Revisions.of(live, live);

        assertThat(Json.object(revision.manifest().json()).at("/metadata/annotations"))
                .isEqualTo(Json.object("{\"landfall.io/commit\": \"0123abc\", \"theirs\": \"1\"}"));
    }

    @Test
    void shouldBringBackWhatAnEarlierRevisionWasMadeOf() {
        annotate("landfall.io/commit", "0123abc");
        annotate("landfall.io/deploy-config", "of the new one");
        History.Earlier earlier = new History.Earlier(
                live.path("spec").path("template"), Json.object("{\"landfall.io/commit\": \"fedcba9\"}"));

        assertThat(Revisions.withTemplate(Revisions.of(live, live), earlier).at("/metadata/annotations"))
                .isEqualTo(Json.object("{\"landfall.io/commit\": \"fedcba9\"}"));
    }
}
