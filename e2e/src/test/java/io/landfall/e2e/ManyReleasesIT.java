package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.e2e.cluster.FaultProxy;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Crowd;
import io.landfall.e2e.field.EngineProcess;
import io.landfall.e2e.field.Releases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KubernetesExtension.class)
class ManyReleasesIT {

    private static final int DEPLOYMENTS = Integer.getInteger("landfall.crowd.deployments", 1_000);
    private static final int PODS = 10;
    private static final int RELEASES = Integer.getInteger("landfall.crowd.releases", 100);
    private static final int HEAP_MEBIBYTES = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final double HARDLY_EVER = 0.99;

    @Proof(
            title = "A hundred releases at once",
            description =
                    "Among a thousand Deployments with ten thousand pods, which are objects of the API and nothing else: an engine with a heap"
                            + " of 512 MiB carries out a hundred release orders in two batches each. Requests for each release, the engine's heap,"
                            + " and how soon it notices that a batch is ready are reported.")
    @Tag("slow")
    @Test
    void shouldCarryOutAHundredReleases(TestNamespace namespace) throws IOException {
        try (Crowd crowd = new Crowd(namespace, DEPLOYMENTS, PODS);
                FaultProxy proxy = FaultProxy.before(namespace.cluster(), 1);
                EngineProcess engine =
                        EngineProcess.start(proxy.url(), namespace.name(), namespace.folder(), HEAP_MEBIBYTES)) {
            Instant begin = Instant.now();
            int before = proxy.requests();
            for (int n = 0; n < RELEASES; n++) {
                Conduct conduct = Releases.automatic(OnFailure.PAUSE, PATIENCE);
                assertThat(Releases.order(namespace, crowd.rendered(n, "1"), "2", conduct)
                                .outcome())
                        .isEmpty();
            }
            await("all releases")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Releases.done(namespace) == RELEASES);
            write(crowd, engine.heap(), proxy.requests() - before, Duration.between(begin, Instant.now()));

            assertThat(crowd.noticed()).hasSizeGreaterThanOrEqualTo(2 * RELEASES);
        }
    }

    private static void write(Crowd crowd, long heap, int requests, Duration took) throws IOException {
        List<Duration> noticed = crowd.noticed().stream().sorted().toList();
        Map<String, Object> measured = new TreeMap<>();
        measured.put("deployments", crowd.deployments());
        measured.put("pods", crowd.pods());
        measured.put("releases", RELEASES);
        measured.put("requestsPerRelease", (double) requests / RELEASES);
        measured.put("engineHeapBytes", heap);
        measured.put("seconds", took.toSeconds());
        measured.put("noticedMedianMillis", at(noticed, HARDLY_EVER / 2).toMillis());
        measured.put("noticedP99Millis", at(noticed, HARDLY_EVER).toMillis());
        Path folder = Path.of(Boolean.getBoolean("landfall.results.write") ? "../benchmarks/results" : "target");
        new ObjectMapper()
                .writer(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("many-releases.json").toFile(), measured);
    }

    private static Duration at(List<Duration> sorted, double share) {
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }
}
