package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.config.References;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.UnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadReferencesTest {

    private static final SnapshotId VERSION = SnapshotId.of("orders", "1.4.2");

    @SuppressWarnings("NullAway.Init") // Before all tests.
    private static ApiServerFixture server;

    @BeforeAll
    static void start() {
        server = new ApiServerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{volumes: [{name: c, configMap: {name: orders-config-1.4.2}}]}",
                "{volumes: [{name: c, secret: {secretName: orders-config-1.4.2--0a1b2c3d-secret-1}}]}",
                "{volumes: [{name: c, projected: {sources: [{configMap: {name: orders-config-1.4.2--0a1b2c3d-1}}]}}]}",
                "{volumes: [{name: c, projected: {sources: [{secret: {name: orders-config-1.4.2--live}}]}}]}",
                "{containers: [{name: c, envFrom: [{configMapRef: {name: orders-config-1.4.2}}]}]}",
                "{containers: [{name: c, env: [{name: A, valueFrom: {configMapKeyRef: {name: orders-config-1.4.2}}}]}]}"
            })
    void shouldFindWhatASpecificationNames(String podSpec) {
        create("apps/v1", "ReplicaSet", "orders-6c5f", "spec: {template: {spec: " + podSpec + "}}");

        assertThat(references().of("orders").get(VERSION)).containsExactly("ReplicaSet shop/orders-6c5f");
        assertThat(references().of("order")).isEmpty();
        assertThat(references().of("orders-config")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1 Pod metadata:",
                "apps/v1 ReplicaSet spec: {template: {metadata:",
                "apps/v1 Deployment spec: {template: {metadata:",
                "apps/v1 StatefulSet spec: {template: {metadata:",
                "apps/v1 DaemonSet spec: {template: {metadata:",
                "apps/v1 ControllerRevision data: {spec: {template: {metadata:",
                "batch/v1 Job spec: {template: {metadata:",
                "batch/v1 CronJob spec: {jobTemplate: {spec: {template: {metadata:"
            })
    void shouldFindTheAnnotationOfEachTemplate(String kindAndPlace) {
        int kind = kindAndPlace.indexOf(' ');
        int place = kindAndPlace.indexOf(' ', kind + 1);
        String opened = kindAndPlace.substring(place + 1);
        String closed = "}".repeat((int) opened.chars().filter(c -> c == '{').count());
        boolean pod = opened.equals("metadata:");
        String annotations = "annotations: {landfall.io/snapshot: orders/1.4.2.h3}";
        create(
                kindAndPlace.substring(0, kind),
                kindAndPlace.substring(kind + 1, place),
                "it",
                pod ? "" : opened + " {" + annotations + "}" + closed,
                pod ? ", " + annotations : "");

        assertThat(references().of("orders"))
                .containsOnlyKeys(VERSION.hot(3))
                .hasValueSatisfying(new org.assertj.core.api.Condition<>(
                        named -> named.first().equals(kindAndPlace.substring(kind + 1, place) + " shop/it"), "named"));
        assertThat(references().of("payments")).isEmpty();
    }

    @Test
    void shouldFindAllOnEveryPage() {
        server.largestPage(2);
        try {
            for (int i = 0; i < 5; i++) {
                create(
                        "apps/v1",
                        "ReplicaSet",
                        "orders-" + i,
                        "spec: {template: {spec: {volumes: [{configMap: {name: orders-config-1.4." + i + "}}]}}}");
            }

            assertThat(references().of("orders")).hasSize(5);
        } finally {
            server.largestPage(Integer.MAX_VALUE);
        }
    }

    @Test
    void shouldKnowCronJobsOfKubernetes120() {
        server.forget("/apis/batch/v1/namespaces/shop/cronjobs");
        create(
                "batch/v1beta1",
                "CronJob",
                "nightly",
                "spec: {jobTemplate: {spec: {template: {spec: {volumes: [{configMap: {name: orders-config-1.4.2}}]}}}}}");

        assertThat(references().of("orders").get(VERSION)).containsExactly("CronJob shop/nightly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods",
                "replicasets",
                "deployments",
                "statefulsets",
                "daemonsets",
                "controllerrevisions",
                "jobs",
                "cronjobs"
            })
    void shouldSayNothingUnlessItSeesAll(String resource) {
        server.forbid("list " + resource);

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> references().of("orders"))
                .withMessageContaining("forbids to list " + resource + " of namespace shop");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void shouldSayNothingIfAnswersAreStrange(int code) {
        server.fault((request, real) -> Answers.status(code, "Strange", "this is no API server"));

        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> references().of("orders"))
                .matches(e -> e instanceof UnavailableException == (code == 500));
    }

    private static References references() {
        return new WorkloadReferences(server.client(), ApiServerFixture.NAMESPACE, ApiServerFixture.QUICK);
    }

    private static void create(String apiVersion, String kind, String name, String rest) {
        create(apiVersion, kind, name, rest, "");
    }

    private static void create(String apiVersion, String kind, String name, String rest, String moreMetadata) {
        GenericKubernetesResource object = Serialization.unmarshal(
                "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + moreMetadata + "}\n"
                        + rest + "\n",
                GenericKubernetesResource.class);
        server.client().resource(object).inNamespace(ApiServerFixture.NAMESPACE).create();
    }
}
