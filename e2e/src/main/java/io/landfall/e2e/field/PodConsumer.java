package io.landfall.e2e.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A consumer that has been moved already: it reaches the other pods by their external address, from inside. */
final class PodConsumer implements Consumer {

    private static final String NAME = "consumer";
    /** Where the image has the jars. */
    private static final String LANDFALL = ":/opt/landfall/*";

    private final TestNamespace namespace;
    private final Duration endBound;

    private PodConsumer(TestNamespace namespace, Duration endBound) {
        this.namespace = namespace;
        this.endBound = endBound;
    }

    static PodConsumer start(
            TestNamespace namespace, boolean landfall, String registry, String protocol, Load load, int timeout) {
        // The report comes out among the logs: there is no other way out of a pod that works in every cluster.
        List<String> arguments = load.arguments("pod", registry, protocol, timeout, "/dev/stdout");
        Map<String, String> values = Map.of(
                "image", namespace.cluster().image(),
                "pull", namespace.cluster().pullPolicy(),
                "landfall", landfall ? LANDFALL : "",
                "arguments", json(arguments));
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .resource(Manifest.read("consumer.yaml", values, Pod.class))
                .create();
        return new PodConsumer(namespace, Duration.ofMillis(timeout).plusSeconds(30));
    }

    @Override
    public String name() {
        return "pod";
    }

    @Override
    public Optional<Progress> progress() {
        Optional<Progress> last = lastProgress();
        if (last.isEmpty()) {
            requireNotFailed();
        }
        return last;
    }

    private Optional<Progress> lastProgress() {
        Path log = namespace.records().log(NAME);
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(lines(log));
        Collections.reverse(lines);
        return lines.stream().flatMap(line -> LoadJson.progress(line).stream()).findFirst();
    }

    @Override
    public void stop() {
        try (ExecWatch attached = pod().redirectingInput().attach()) {
            attached.getInput().write("stop\n".getBytes(StandardCharsets.UTF_8));
            attached.getInput().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("the consumer's pod does not listen", gone);
        }
    }

    @Override
    public LoadReport report() {
        Await.until("the end of the consumer's pod", endBound, () -> phase().equals("Succeeded"));
        return LoadJson.reportAmong(pod().getLog().lines().toList())
                .orElseThrow(() -> new IllegalStateException("the consumer's pod gave no report"));
    }

    @Override
    public void close() {
        // ends with its namespace
    }

    private void requireNotFailed() {
        phase();
    }

    /** Throws if it has failed. */
    private String phase() {
        String phase = pod().get().getStatus().getPhase();
        if (phase.equals("Failed")) {
            throw new IllegalStateException("the consumer's pod failed: " + pod().getLog());
        }
        return phase;
    }

    private PodResource pod() {
        return namespace.client().pods().inNamespace(namespace.name()).withName(NAME);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String json(List<String> arguments) {
        try {
            return new ObjectMapper().writeValueAsString(arguments);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
