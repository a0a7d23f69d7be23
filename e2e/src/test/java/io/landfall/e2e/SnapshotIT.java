package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Orders;
import io.landfall.e2e.field.SnapshotView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KubernetesExtension.class)
class SnapshotIT {

    private static final int PODS = 4;
    private static final int FEW = 5;
    private static final int MANY = 50;
    private static final int LARGE_FILES = 40;
    private static final int LARGE_TOTAL = 20 * 1024 * 1024;
    private static final int LARGEST = 3 * 1024 * 1024;

    /** A kubelet looks at mounted ConfigMaps about once a minute. */
    private static final Duration MOUNT = Duration.ofMinutes(3);

    @Proof(
            title = "Configuration rolls back with the Deployment",
            description =
                    "Two versions are released with a snapshot each, and kubectl rollout undo takes both back: every pod has the first"
                            + " version's snapshot and values, one that was killed meanwhile too. Then hot revisions reach all pods"
                            + " within a second, and are undone as fast.")
    @Tag("slow")
    @Test
    void shouldRollBackWithTheDeployment(TestNamespace namespace) {
        Orders orders = new Orders(namespace, "api");
        Snapshot first = orders.publish("v1", files("one"));
        Snapshot second = orders.publish("v2", files("two"));
        orders.release("v1", PODS);
        orders.awaitServing();
        orders.release("v2", PODS);
        orders.awaitServing();
        assertThat(orders.pods()).allSatisfy(pod -> assertPod(orders, pod, second, "two"));

        orders.undoRelease();
        String killed = orders.awaitPodOf("v1");
        orders.kill(killed);
        orders.awaitServing();

        assertThat(orders.pods())
                .hasSize(PODS)
                .doesNotContain(killed)
                .allSatisfy(pod -> assertPod(orders, pod, first, "one"));
        HotRevisions hot = HotRevisions.of(orders, "v1", FEW);
        hot.assertWithinASecond();
    }

    @Proof(
            title = "Fifty hot revisions",
            description = "Each reaches four pods by the API server's watch, and is undone: 99 of 100 pods have it"
                    + " within a second of the request to publish it.")
    @Tag("slow")
    @Test
    void shouldReachPodsWithinASecond(TestNamespace namespace) throws IOException {
        Orders orders = new Orders(namespace, "api");
        orders.publish("v1", files("one"));
        orders.release("v1", PODS);
        orders.awaitServing();
        HotRevisions hot = HotRevisions.of(orders, "v1", MANY);
        report().watch(hot).write();

        hot.assertWithinASecond();
    }

    @Proof(
            title = "Hot revisions without rights",
            description =
                    "Pods that may not ask the API server have them from a mounted copy, as soon as the kubelet has.")
    @Tag("slow")
    @Test
    void shouldReachPodsThatMayNotAsk(TestNamespace namespace) throws IOException {
        Orders orders = new Orders(namespace, "mount");
        orders.publish("v1", files("one"));
        orders.release("v1", PODS);
        orders.awaitServing();
        List<Duration> took = new ArrayList<>();
        for (String text : List.of("hot one", "hot two", "hot three")) {
            Instant asked = Instant.now();
            orders.publishHot("v1", files(text));
            orders.awaitRevision("v1.h" + (took.size() / PODS + 1), MOUNT);
            orders.pods()
                    .forEach(pod ->
                            took.add(Duration.between(asked, orders.viewOf(pod).since())));
        }
        report().mount(took).write();

        String restarted = orders.pods().iterator().next();
        orders.kill(restarted);
        orders.awaitServing();
        assertThat(orders.pods()).allSatisfy(pod -> {
            assertThat(orders.viewOf(pod).revision()).isEqualTo("v1.h3");
            assertThat(orders.valueOf(pod, "greeting.text")).isEqualTo("hot three");
        });
    }

    @Proof(
            title = "20 MiB of configuration",
            description =
                    "In 40 files, one of 3 MiB: published, read back byte for byte, mounted, verified and loaded by a pod.")
    @Tag("slow")
    @Test
    void shouldLoadALargeSnapshot(TestNamespace namespace) {
        Orders orders = new Orders(namespace, "mount");
        List<SnapshotFile> files = largeFiles();
        Snapshot published = orders.publish("large", files);
        orders.release("large", 1);
        orders.awaitServing();

        assertThat(orders.store().find(published.id()).orElseThrow().files())
                .containsExactlyInAnyOrderElementsOf(files);
        assertThat(orders.pods()).singleElement().satisfies(pod -> {
            SnapshotView view = orders.viewOf(pod);
            assertThat(view.digest()).isEqualTo(published.digest());
            assertThat(view.files()).isEqualTo(LARGE_FILES);
            assertThat(orders.valueOf(pod, "large.file.07.key.0000")).startsWith("value 0000 of file 07");
        });
    }

    private static void assertPod(Orders orders, String pod, Snapshot snapshot, String greeting) {
        SnapshotView view = orders.viewOf(pod);
        assertThat(view.revision()).isEqualTo(snapshot.id().revision());
        assertThat(view.digest()).isEqualTo(snapshot.digest());
        assertThat(orders.valueOf(pod, "greeting.text")).isEqualTo(greeting);
        assertThat(orders.valueOf(pod, "pool.password")).isEqualTo("secret of " + greeting);
    }

    /** One of them goes to a Secret. */
    static List<SnapshotFile> files(String text) {
        return List.of(
                SnapshotFile.of("application.properties", "greeting.text=" + text + "\n"),
                SnapshotFile.of("pool.yaml", "pool:\n  password: secret of " + text + "\n")
                        .withSecretKeys(List.of("pool.password")));
    }

    /** One of 3 MiB, the others alike; every second one has properties. */
    private static List<SnapshotFile> largeFiles() {
        List<SnapshotFile> files = new ArrayList<>();
        files.add(large("large-00.txt", 0, LARGEST));
        int rest = (LARGE_TOTAL - LARGEST) / (LARGE_FILES - 1);
        for (int i = 1; i < LARGE_FILES; i++) {
            files.add(large(String.format("large-%02d.%s", i, i % 2 == 0 ? "txt" : "properties"), i, rest));
        }
        return files;
    }

    private static SnapshotFile large(String name, int number, int size) {
        StringBuilder text = new StringBuilder(size);
        for (int line = 0; text.length() < size; line++) {
            text.append(String.format(
                    "large.file.%02d.key.%04d=value %04d of file %02d, with 中文 and whatever else a line has%n",
                    number, line, line, number));
        }
        return SnapshotFile.of(name, text.toString());
    }

    private static HotRevisionReport report() throws IOException {
        return new HotRevisionReport(
                Path.of(Boolean.getBoolean("landfall.results.write") ? "../benchmarks/results" : "target"));
    }
}
